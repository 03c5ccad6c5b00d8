import type { ReactNode, RefObject } from "react";
import type { Layer, Mark, Sticker } from "../../shared/types";
import { Minus, Plus, Trash, TurnLeft, TurnRight, Type } from "../icons";
import { withQuery } from "../parts/picture";
import { useCampaign } from "../stage";
import { useWords } from "../words";
import { leans, rewrite, type Setting } from "./geometry";

/** What can be done to the chosen layer by tapping. */
export function LayerTools({
  layer,
  name,
  fixed,
  setting,
  textInput,
  onPut,
  onGrow,
  onLean,
  onRemove,
}: {
  layer: Layer;
  name: string;
  /** A line that the law asks for: it moves, and its words stay. */
  fixed: boolean;
  setting: Setting;
  textInput: RefObject<HTMLInputElement | null>;
  onPut: (layer: Layer, about: string) => void;
  onGrow: (factor: number) => void;
  onLean: (degrees: number) => void;
  onRemove: () => void;
}) {
  const { t } = useWords();
  const { text } = setting;
  const lean = leans(layer, setting);
  return (
    <section className="tool" aria-label={name}>
      <h2 className="tool-title">{name}</h2>
      {fixed && <p className="soft small">{t("canvas.legal")}</p>}
      {layer.kind === "text" && !fixed && (
        <>
          <div className="field">
            <label htmlFor="canvas-text" className="hidden">
              {t("canvas.text")}
            </label>
            <input
              id="canvas-text"
              ref={textInput}
              value={layer.text ?? ""}
              maxLength={text.max_length}
              dir="auto"
              onChange={(event) => onPut(rewrite(layer, event.target.value, setting), `text:${layer.id}`)}
            />
          </div>
          {text.colors.length > 1 && (
            <div className="swatches" role="group" aria-label={t("canvas.color")}>
              {text.colors.map((color, i) => (
                <button
                  key={color}
                  type="button"
                  className="swatch"
                  style={{ backgroundColor: color }}
                  aria-pressed={(layer.color ?? text.colors[0]) === color}
                  aria-label={t("canvas.color.number", { number: i + 1 })}
                  onClick={() => onPut({ ...layer, color }, "")}
                />
              ))}
            </div>
          )}
        </>
      )}
      <div className="row">
        <button type="button" className="button-icon" onClick={() => onGrow(1 / 1.08)} aria-label={t("canvas.smaller")}>
          <Minus />
        </button>
        <button type="button" className="button-icon" onClick={() => onGrow(1.08)} aria-label={t("canvas.larger")}>
          <Plus />
        </button>
        {lean.most > lean.least && (
          <>
            <button type="button" className="button-icon" onClick={() => onLean(-2)} aria-label={t("canvas.turn_left")}>
              <TurnLeft />
            </button>
            <button type="button" className="button-icon" onClick={() => onLean(2)} aria-label={t("canvas.turn_right")}>
              <TurnRight />
            </button>
          </>
        )}
        {!fixed && (
          <button type="button" className="button-icon" onClick={onRemove} aria-label={t("canvas.remove", { layer: name })}>
            <Trash />
          </button>
        )}
        <Versions layer={layer} onChange={(next) => onPut(next, "")} />
      </div>
    </section>
  );
}

/** What can still be put on the picture. */
export function AddTools({
  absent,
  stickers,
  onText,
  onMark,
  onSticker,
  children,
}: {
  absent: Mark[];
  /** Empty when the picture has as many as it may. */
  stickers: Sticker[];
  /** Null when the picture has its line of text already. */
  onText: (() => void) | null;
  onMark: (id: string) => void;
  onSticker: (id: string) => void;
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <section className="tool" aria-label={t("canvas.add")}>
      <h2 className="tool-title">{t("canvas.add")}</h2>
      {absent.length + stickers.length > 0 && (
        <div className="stickers">
          {absent.map((mark) => (
            <AddTile key={mark.id} name={mark.name} image={mark.image_url} onAdd={() => onMark(mark.id)} />
          ))}
          {stickers.map((sticker) => (
            <AddTile key={sticker.id} sticker name={sticker.name} image={sticker.image_url} onAdd={() => onSticker(sticker.id)} />
          ))}
        </div>
      )}
      <div className="row">
        {onText && (
          <button type="button" className="button button-quiet" onClick={onText}>
            <Type width={20} height={20} />
            {t("canvas.add_text")}
          </button>
        )}
        {children}
      </div>
      <p className="soft small">{t("canvas.hint")}</p>
    </section>
  );
}

/** Something to add, by its picture. */
function AddTile({ name, image, sticker = false, onAdd }: { name: string; image: string; sticker?: boolean; onAdd: () => void }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className={sticker ? "sticker" : "sticker sticker-mark"}
      onClick={onAdd}
      aria-label={t("canvas.add_one", { name })}
      title={name}
    >
      <img src={withQuery(image, { width: 160 })} alt="" />
    </button>
  );
}

/** Goes through the drawings of a mark: one for light grounds, one for dark. */
function Versions({ layer, onChange }: { layer: Layer; onChange: (layer: Layer) => void }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const variants = campaign.marks.find((mark) => mark.id === layer.mark)?.variants ?? [];
  if (layer.kind !== "mark" || variants.length < 2) return null;
  const now = Math.max(0, variants.findIndex((variant) => variant.id === layer.variant));
  const next = variants[(now + 1) % variants.length];
  return (
    <button
      type="button"
      className="button button-quiet"
      onClick={() => next && onChange({ ...layer, variant: next.id })}
    >
      {t("canvas.version")}
    </button>
  );
}
