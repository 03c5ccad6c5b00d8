import { Warning } from "../icons";
import type { Composition, Finding, Layer } from "../../shared/types";
import { useWords } from "../words";
import { boxOf, movable, reach, type Setting } from "./geometry";
import { whereabouts } from "./layer-words";

/**
 * What stands over the drawn canvas: a focusable handle for each layer, so that keys
 * and screen readers reach it, and what is against a rule, said where it happens.
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
  onMend,
}: {
  doc: Composition;
  setting: Setting;
  selected: string | null;
  findings: Finding[];
  alt: string;
  nameOf: (layer: Layer) => string;
  onSelect: (id: string | null) => void;
  onKey: (event: React.KeyboardEvent, layer: Layer) => void;
  onMend: (finding: Finding) => void;
}) {
  const { t, ...rest } = useWords();
  const words = { t, ...rest };
  const layers = doc.layers.filter(movable);
  const told = findings.find((finding) => finding.layer === selected) ?? findings[0];
  const toldLayer = layers.find((layer) => layer.id === told?.layer);
  return (
    <div className="handles" role="group" aria-label={t("canvas.layers", { alt })}>
      {layers.map((layer) => {
        const box = boxOf(layer, setting);
        const wrong = findings.some((finding) => finding.layer === layer.id && finding.severity === "error");
        const doubted = findings.some((finding) => finding.layer === layer.id);
        return (
          <button
            key={layer.id}
            type="button"
            className="handle"
            data-layer={layer.id}
            data-selected={selected === layer.id || undefined}
            data-finding={wrong ? "error" : doubted ? "warning" : undefined}
            style={{
              left: `${(box.x / setting.width) * 100}%`,
              top: `${(box.y / setting.height) * 100}%`,
              width: `${(box.width / setting.width) * 100}%`,
              height: `${(box.height / setting.height) * 100}%`,
              transform: `rotate(${box.rotation}deg)`,
            }}
            aria-label={whereabouts(layer, nameOf(layer), setting, words)}
            aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown + - [ ] Delete"
            aria-describedby={told && told.layer === layer.id ? "finding" : undefined}
            onFocus={() => onSelect(layer.id)}
            onKeyDown={(event) => onKey(event, layer)}
          />
        );
      })}
      {told && (
        <FindingBubble finding={told} layer={toldLayer ?? null} setting={setting} onMend={() => onMend(told)} />
      )}
    </div>
  );
}

/** Half of the bubble's greatest width, and a little air. */
const HALF_BUBBLE = "min(146px, 48%)";

function FindingBubble({
  finding,
  layer,
  setting,
  onMend,
}: {
  finding: Finding;
  layer: Layer | null;
  setting: Setting;
  onMend: () => void;
}) {
  const { t, dir } = useWords();
  let style: React.CSSProperties = { left: "50%", top: "8%" };
  if (layer) {
    const box = boxOf(layer, setting);
    const around = reach(box);
    const x = (box.x + box.width / 2) / setting.width;
    const middle = box.y + box.height / 2;
    const below = (middle + around.height / 2) / setting.height;
    const above = (middle - around.height / 2) / setting.height;
    // It stays inside the frame, below the layer while there is room for it, else above.
    const left = `clamp(${HALF_BUBBLE}, ${x * 100}%, calc(100% - ${HALF_BUBBLE}))`;
    style = below < 0.72 ? { left, top: `${below * 100}%` } : { left, bottom: `${(1 - above) * 100}%` };
  }
  return (
    <div className={`bubble paper bubble-${finding.severity}`} style={style} dir={dir} role="alert" id="finding">
      <Warning width={20} height={20} />
      <p>{finding.message}</p>
      {finding.fix && (
        <button type="button" className="button-plain" onClick={onMend}>
          {t("canvas.fix")}
        </button>
      )}
    </div>
  );
}
