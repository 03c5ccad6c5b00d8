import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { ask } from "../../shared/api";
import type { Composition, Creation, Finding, Layer } from "../../shared/types";
import { Arrow, Redo, Undo } from "../icons";
import { useAnnounce } from "../parts/announce";
import { withQuery } from "../parts/picture";
import { sentenceOf } from "../parts/trouble";
import { Heading } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";
import { Board } from "./board";
import { movable, place, resize, settle } from "./geometry";
import { amend, begin, change, redo, undo, type History } from "./history";
import { Findings, inOrder } from "./findings";
import { keyMove } from "./keys";
import { LayerHandles } from "./layer-handles";
import { isLegal, layerName, whereabouts } from "./layer-words";
import { Layouts, LayoutsButton } from "./layouts";
import { mended, mendedAll, remedyOf } from "./mend";
import { settingOf, snapshot } from "./snapshot";
import { Saver, type SaveState } from "./saver";
import { AddTools, LayerTools } from "./tools";
import { typeSetter } from "./type";

interface Saved {
  composition: Composition;
  findings: Finding[];
  revision: number;
}

type Move =
  | { do: "change"; doc: Composition; about: string }
  | { do: "amend"; doc: Composition }
  | { do: "undo" }
  | { do: "redo" };

function step(history: History<Composition>, move: Move): History<Composition> {
  if (move.do === "undo") return undo(history);
  if (move.do === "redo") return redo(history);
  if (move.do === "amend") return amend(history, move.doc);
  return change(history, move.doc, move.about, Date.now());
}

/**
 * A line of text without words is not a layer yet: it is kept here and not sent. The
 * server writes down the oldest version that can say all of it.
 */
function sendable(doc: Composition): Composition {
  return { ...doc, version: 2, layers: doc.layers.filter((layer) => layer.kind !== "text" || layer.text?.trim()) };
}

const STEP = 4;
/** How many stickers a picture takes. */
const MOST_STICKERS = 12;
/** How wide a new sticker is, as a share of the shorter side. */
const NEW_STICKER = 0.18;

/** Place: the chosen picture with marks and a line of text, moved by hand or by keys. */
export default function Canvas({
  creation,
  onDone,
  onReload,
}: {
  creation: Creation;
  /** Everything is kept on the server; the creation as it is there now. */
  onDone: (saved: Creation) => void;
  /** The server knows a newer state: load it. */
  onReload: () => void;
}) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const { whisper } = useAnnounce();
  const [history, dispatch] = useReducer(step, creation.composition, begin<Composition>);
  const doc = history.now;
  const [selected, setSelected] = useState<string | null>(null);
  const [found, setFindings] = useState<Finding[]>(creation.findings ?? []);
  const findings = useMemo(() => inOrder(found), [found]);
  const [layouts, setLayouts] = useState(false);
  const [save, setSave] = useState<SaveState>({ name: "saved" });
  const [leaving, setLeaving] = useState(false);
  const [type] = useState(() => typeSetter(campaign.text));
  const [fonts, setFonts] = useState(0);
  const [live, setLive] = useState<Layer | null>(null);
  const holder = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);
  const latest = useRef({ doc, selected });
  latest.current = { doc, selected };
  const saved = useRef<Creation>(creation);
  const textInput = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const { width, height } = creation.composition;
  const background = withQuery(creation.background_url, { width: Math.min(2048, width) });
  const shop = useMemo(
    () => settingOf(campaign, type, { width, height }, { background, cutouts: {} }),
    [campaign, type, width, height, background],
  );
  const { setting } = shop;

  const saver = useRef<Saver<Composition, Saved> | null>(null);
  // What the page itself has just put somewhere: it must not begin against a rule. While
  // nobody has touched it, the server's better place or colour is taken without a word.
  const fresh = useRef<Layer | null>(null);
  const settleFresh = useRef((_: Finding[]): boolean => false);
  settleFresh.current = (found) => {
    const { doc: current } = latest.current;
    const layer = fresh.current;
    if (!layer || !current.layers.includes(layer)) return false;
    const wrong = found.find((f) => f.layer === layer.id && f.severity === "error" && remedyOf(f) === "change");
    if (!wrong) return false;
    fresh.current = null;
    const next = mended(current, wrong);
    dispatch({ do: "amend", doc: next });
    saver.current?.change(sendable(next));
    return true;
  };
  useEffect(() => {
    const made = new Saver<Composition, Saved>(
      (next) => ask<Saved>(`/creations/${creation.id}/composition`, { method: "PUT", body: next }),
      (state) => {
        setSave(state);
        if (state.name === "refused" && !settleFresh.current(state.problem.findings)) setFindings(state.problem.findings);
      },
      (answer, sent) => {
        if (sent.layers.some((layer) => layer.id === fresh.current?.id)) fresh.current = null;
        setFindings(answer.findings ?? []);
        saved.current = { ...saved.current, composition: sent, revision: answer.revision, findings: answer.findings };
      },
    );
    saver.current = made;
    return () => made.stop();
  }, [creation.id]);

  const put = useCallback((next: Composition, about: string) => {
    dispatch({ do: "change", doc: next, about });
    saver.current?.change(sendable(next));
  }, []);
  const putLayer = useCallback(
    (layer: Layer, about: string) => {
      const { doc: current } = latest.current;
      put({ ...current, layers: current.layers.map((l) => (l.id === layer.id ? layer : l)) }, about);
    },
    [put],
  );

  useEffect(() => {
    const element = holder.current;
    const outer = frame.current;
    if (!element || !outer) return;
    const style = getComputedStyle(outer);
    const made = new Board(
      element,
      latest.current.doc,
      shop.setting,
      shop.pictures,
      { font: (size, text) => type.font(size, text), picture: (layer) => shop.pictures.of(layer) },
      {
        select: setSelected,
        change: (layer, going) => {
          if (going) {
            setLive(layer);
          } else {
            setLive(null);
            const before = latest.current.doc.layers.find((l) => l.id === layer.id);
            if (before && !samePlace(before, layer)) putLayer(layer, "");
          }
        },
      },
      { ring: style.getPropertyValue("--ring").trim() || "#f2b14b", plate: style.getPropertyValue("--bg").trim() || "#ffffff" },
    );
    board.current = made;
    const observer = new ResizeObserver(() => made.resize(outer.clientWidth));
    observer.observe(outer);
    made.resize(outer.clientWidth);
    const picture = async (other?: Composition, cutouts: Record<string, string> = {}) => {
      const shown = other ?? latest.current.doc;
      const place = other ? settingOf(campaign, type, other, { background, cutouts }) : shop;
      return (await snapshot(shown, place, type)).toDataURL("image/png");
    };
    Object.assign(outer, { exportPNG: picture });
    return () => {
      observer.disconnect();
      made.destroy();
      board.current = null;
    };
  }, [background, campaign, shop, type, putLayer]);

  const shown = useMemo(
    () => (live ? { ...doc, layers: doc.layers.map((l) => (l.id === live.id ? live : l)) } : doc),
    [doc, live],
  );
  const text = doc.layers.find((layer) => layer.kind === "text" && !isLegal(layer, campaign));
  const written = doc.layers.map((layer) => layer.text ?? "").join("\n");
  useEffect(() => {
    let left = false;
    void type.ready(written).then(() => {
      if (!left) setFonts((n) => n + 1);
    });
    return () => {
      left = true;
    };
  }, [type, written]);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void board.current?.show(shown).then(() => setReady(true));
  }, [shown, fonts]);
  useEffect(() => board.current?.select(selected), [selected, shown]);
  useEffect(() => {
    if (selected) setLayouts(false);
  }, [selected]);
  useEffect(() => {
    if (selected && !doc.layers.some((layer) => layer.id === selected)) setSelected(null);
  }, [doc, selected]);

  const walk = useCallback(
    (way: "undo" | "redo") => {
      const next = way === "undo" ? history.past.at(-1) : history.future[0];
      if (!next) return;
      dispatch({ do: way });
      saver.current?.change(sendable(next));
      whisper(t(way === "undo" ? "canvas.undone" : "canvas.redone"));
    },
    [history, whisper, t],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (!(event.ctrlKey || event.metaKey) || inField) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      walk(key === "y" || event.shiftKey ? "redo" : "undo");
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [walk]);

  const name = (layer: Layer) => layerName(layer, campaign, words);
  const remove = (layer: Layer) => {
    put({ ...doc, layers: doc.layers.filter((l) => l.id !== layer.id) }, "");
    setSelected(null);
    whisper(t("canvas.removed", { layer: name(layer) }));
  };
  const add = (layer: Layer) => {
    const placed = place(layer, doc, setting);
    fresh.current = placed;
    put({ ...doc, layers: [...doc.layers, placed] }, "");
    setSelected(placed.id);
    whisper(t("canvas.added", { layer: name(placed) }));
  };
  const addMark = (id: string) => {
    const rules = campaign.marks.find((mark) => mark.id === id)?.rules;
    const share = rules ? (rules.min_width_share + rules.max_width_share) / 2 : 0.2;
    const short = Math.min(doc.width, doc.height);
    add({ id: freshId(doc, id), kind: "mark", mark: id, x: 0, y: 0, width: share * short, rotation: 0 });
  };
  const addSticker = (id: string) => {
    const width = NEW_STICKER * Math.min(doc.width, doc.height);
    add({ id: freshId(doc, id), kind: "sticker", sticker: id, x: 0, y: 0, width, rotation: 0 });
  };
  const addText = () => {
    const sample = t("canvas.text.start");
    const size = 0.6 * campaign.text.max_size_share * Math.min(doc.width, doc.height);
    const color = campaign.text.colors[0];
    add({ id: freshId(doc, "text"), kind: "text", text: sample, color, x: 0, y: 0, width: setting.advance(sample) * size, rotation: 0 });
    window.setTimeout(() => textInput.current?.select(), 0);
  };
  const nudge = (layer: Layer, next: Layer, about: string) => {
    const settled = settle(next, setting);
    putLayer(settled, `${about}:${layer.id}`);
    whisper(whereabouts(settled, name(layer), setting, words));
  };
  const grow = (layer: Layer, factor: number) =>
    nudge(layer, resize(layer, layer.width * factor, setting), "size");
  const lean = (layer: Layer, degrees: number) =>
    nudge(layer, { ...layer, rotation: layer.rotation + degrees }, "lean");
  const onLayerKey = (event: React.KeyboardEvent, layer: Layer) => {
    const move = keyMove(event.nativeEvent);
    if (!move) return;
    event.preventDefault();
    if (move.do === "remove") {
      if (movable(layer) && !isLegal(layer, campaign)) remove(layer);
    } else if (move.do === "move") {
      nudge(layer, { ...layer, x: layer.x + move.x * STEP, y: layer.y + move.y * STEP }, "move");
    } else if (move.do === "size") grow(layer, move.factor);
    else lean(layer, move.degrees);
  };
  const mend = (finding: Finding) => {
    put(mended(doc, finding), "");
    setFindings((all) => all.filter((f) => f !== finding));
    heading.current?.focus();
    whisper(t("canvas.mended"));
  };
  const mendAll = () => {
    put(mendedAll(doc, remedies), "");
    setFindings((all) => all.filter((f) => !remedies.includes(f)));
    whisper(t("canvas.mended"));
  };
  const preview = useCallback((other: Composition, wide: number) => snapshot(other, shop, type, wide), [shop, type]);

  const errors = findings.filter((f) => f.severity === "error");
  const remedies = errors.filter((f) => remedyOf(f));
  const done = async () => {
    if (leaving) return;
    if (errors.length > 0) {
      heading.current?.focus();
      whisper(words.count("canvas.wrong", errors.length)); // the foot of the page shows it
      return;
    }
    setLeaving(true);
    const state = (await saver.current?.flush()) ?? save;
    setLeaving(false);
    if (state.name === "saved") onDone(saved.current);
    else if (state.name === "refused" && state.problem.status === 409) onReload();
    else whisper(t("canvas.not_yet"));
  };

  const layer = doc.layers.find((l) => l.id === selected) ?? null;
  const absent = campaign.marks.filter((mark) => !doc.layers.some((l) => l.mark === mark.id));
  const stuck = doc.layers.filter((l) => l.kind === "sticker").length;
  const pick = (id: string) => {
    setSelected(id);
    frame.current?.querySelector<HTMLElement>(`[data-layer="${CSS.escape(id)}"]`)?.focus();
  };
  const shape = doc.width / doc.height;

  return (
    <div className="canvas">
      <div className="canvas-intro">
        <Heading title={`${t("canvas.title")} · ${campaign.name}`}>{t("canvas.title")}</Heading>
        <div className="row">
          <button
            type="button"
            className="button-icon"
            onClick={() => walk("undo")}
            disabled={history.past.length === 0}
            aria-label={t("canvas.undo")}
          >
            <Undo />
          </button>
          <button
            type="button"
            className="button-icon"
            onClick={() => walk("redo")}
            disabled={history.future.length === 0}
            aria-label={t("canvas.redo")}
          >
            <Redo />
          </button>
        </div>
      </div>
      <div className="canvas-well" style={{ "--shape": shape } as React.CSSProperties}>
        <div ref={frame} className="canvas-frame" data-canvas data-ready={ready || undefined} dir="ltr">
          <div ref={holder} className="canvas-stage" aria-hidden="true" />
          <LayerHandles
            doc={shown}
            setting={setting}
            selected={selected}
            findings={findings}
            alt={creation.alt}
            nameOf={name}
            onSelect={setSelected}
            onKey={onLayerKey}
          />
        </div>
      </div>
      <div className="canvas-tools">
        <Findings
          doc={doc}
          findings={findings}
          nameOf={name}
          heading={heading}
          onSelect={pick}
          onMend={mend}
        />
        {layouts ? (
          <Layouts
            creation={creation.id}
            document={() => sendable(latest.current.doc)}
            preview={preview}
            onApply={(next, number) => {
              put(next, "");
              setSelected(null);
              whisper(t("canvas.layout.applied", { number }));
            }}
            onClose={() => setLayouts(false)}
          />
        ) : layer && movable(layer) ? (
          <LayerTools
            layer={layer}
            name={name(layer)}
            fixed={isLegal(layer, campaign)}
            setting={setting}
            textInput={textInput}
            onPut={putLayer}
            onGrow={(factor) => grow(layer, factor)}
            onLean={(degrees) => lean(layer, degrees)}
            onRemove={() => remove(layer)}
          />
        ) : (
          <AddTools
            absent={absent}
            stickers={stuck < MOST_STICKERS ? (campaign.stickers ?? []) : []}
            onText={text ? null : addText}
            onMark={addMark}
            onSticker={addSticker}
          >
            <LayoutsButton onOpen={() => setLayouts(true)} />
          </AddTools>
        )}
        <p className="soft small canvas-keys">{t("canvas.keys")}</p>
      </div>
      <div className="dock dock-canvas">
        <p className="canvas-state small" role="status">
          {saveWords(save, errors.length, words)}
        </p>
        <div className="dock-row">
          {remedies.length > 0 && (
            <button type="button" className="button" onClick={mendAll}>
              {t(remedies.length > 1 ? "canvas.fix_all" : `canvas.fix.${remedyOf(remedies[0]!)!}`)}
            </button>
          )}
          <button type="button" className="button" data-finish onClick={() => void done()} aria-disabled={leaving || errors.length > 0}>
            {t("canvas.done")}
            <Arrow />
          </button>
        </div>
      </div>
    </div>
  );

  function saveWords(state: SaveState, wrong: number, w: typeof words): string {
    if (wrong > 0) return w.count("canvas.wrong", wrong);
    switch (state.name) {
      case "saving":
        return t("canvas.saving");
      case "saved":
        return t("canvas.saved");
      case "adrift":
        return t("canvas.adrift");
      case "refused":
        return sentenceOf(state.problem, w);
    }
  }
}

/** A touch that moved nothing is not a step to undo. */
function samePlace(a: Layer, b: Layer): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.rotation === b.rotation;
}

function freshId(doc: Composition, base: string): string {
  const taken = new Set(doc.layers.map((layer) => layer.id));
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}
