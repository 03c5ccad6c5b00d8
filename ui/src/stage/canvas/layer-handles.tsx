import type { Composition, Finding, Layer } from "../../shared/types";
import { useWords } from "../words";
import { boxOf, movable, type Setting } from "./geometry";
import { whereabouts } from "./layer-words";

/**
 * What stands over the drawn canvas: a focusable handle for each layer, so that keys
 * and screen readers reach it, and the number of what is said against it.
 */
export function LayerHandles({
  doc,
  setting,
  selected,
  findings,
  alt,
  nameOf,
  onSelect,
  onKey,
}: {
  doc: Composition;
  setting: Setting;
  selected: string | null;
  findings: Finding[];
  alt: string;
  nameOf: (layer: Layer) => string;
  onSelect: (id: string | null) => void;
  onKey: (event: React.KeyboardEvent, layer: Layer) => void;
}) {
  const { t, ...rest } = useWords();
  const words = { t, ...rest };
  const layers = doc.layers.filter(movable);
  return (
    <div className="handles" role="group" aria-label={t("canvas.layers", { alt })}>
      {layers.map((layer) => {
        const box = boxOf(layer, setting);
        const number = findings.findIndex((finding) => finding.layer === layer.id);
        const finding = findings[number];
        return (
          <button
            key={layer.id}
            type="button"
            className="handle"
            data-layer={layer.id}
            data-selected={selected === layer.id || undefined}
            data-finding={finding?.severity}
            style={{
              left: `${(box.x / setting.width) * 100}%`,
              top: `${(box.y / setting.height) * 100}%`,
              width: `${(box.width / setting.width) * 100}%`,
              height: `${(box.height / setting.height) * 100}%`,
              transform: `rotate(${box.rotation}deg)`,
            }}
            aria-label={whereabouts(layer, nameOf(layer), setting, words)}
            aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - [ ] Delete"
            aria-description={finding?.message}
            onFocus={() => onSelect(layer.id)}
            onKeyDown={(event) => onKey(event, layer)}
          >
            {finding?.severity === "error" && (
              <span className="handle-number" style={{ transform: `rotate(${-box.rotation}deg)` }}>
                {number + 1}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
