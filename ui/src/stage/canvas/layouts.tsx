import { useEffect, useRef, useState } from "react";
import { ask, asProblem, type Problem } from "../../shared/api";
import type { Composition, Layout } from "../../shared/types";
import { Close, Layouts as LayoutsIcon } from "../icons";
import { sentenceOf } from "../parts/trouble";
import { useWords } from "../words";

/** How wide a layout's preview is painted, pixels. */
const PREVIEW = 320;

type State = { name: "asking" } | { name: "there"; layouts: Layout[] } | { name: "failed"; problem: Problem };

/** Up to three other ways to lay the picture out, as small previews that apply on tap. */
export function Layouts({
  creation,
  document,
  preview,
  onApply,
  onClose,
}: {
  creation: string;
  /** The composition as it is when layouts are asked for. */
  document: () => Composition;
  preview: (doc: Composition, width: number) => Promise<HTMLCanvasElement>;
  onApply: (doc: Composition, number: number) => void;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [state, setState] = useState<State>({ name: "asking" });
  const [applied, setApplied] = useState(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(document);
  useEffect(() => {
    heading.current?.focus();
    const leaving = new AbortController();
    ask<{ layouts: Layout[] }>(`/creations/${creation}/layouts`, {
      method: "POST",
      body: first.current(),
      signal: leaving.signal,
    }).then(
      ({ layouts }) => setState({ name: "there", layouts: layouts ?? [] }),
      (thrown) => {
        if (!leaving.signal.aborted) setState({ name: "failed", problem: asProblem(thrown) });
      },
    );
    return () => leaving.abort();
  }, [creation]);

  const shape = first.current();
  return (
    <section className="tool" aria-labelledby="layouts" aria-busy={state.name === "asking"}>
      <div className="findings-head">
        <h2 className="tool-title" id="layouts" ref={heading} tabIndex={-1}>
          {t("canvas.layouts")}
        </h2>
        <button type="button" className="button-icon" onClick={onClose} aria-label={t("close")}>
          <Close />
        </button>
      </div>
      {state.name === "failed" && <p role="alert">{sentenceOf(state.problem, words)}</p>}
      {state.name === "there" && state.layouts.length === 0 && <p role="status">{t("canvas.layouts.none")}</p>}
      <div className="layouts" style={{ "--shape": shape.width / shape.height } as React.CSSProperties}>
        {state.name === "asking" && (
          <>
            <span className="layout plate" />
            <span className="layout plate" />
            <span className="layout plate" />
            <span className="hidden" role="status">
              {t("canvas.layouts.asking")}
            </span>
          </>
        )}
        {state.name === "there" &&
          state.layouts.map((layout, i) => (
            <button
              key={i}
              type="button"
              className="layout"
              aria-pressed={applied === i}
              aria-label={t("canvas.layout", { number: i + 1 })}
              onClick={() => {
                setApplied(i);
                onApply(layout.composition, i + 1);
              }}
            >
              <Preview doc={layout.composition} preview={preview} />
            </button>
          ))}
      </div>
    </section>
  );
}

/** A composition painted small. */
function Preview({ doc, preview }: { doc: Composition; preview: (doc: Composition, width: number) => Promise<HTMLCanvasElement> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let left = false;
    void preview(doc, PREVIEW).then((painted) => {
      const own = canvas.current;
      if (left || !own) return;
      own.width = painted.width;
      own.height = painted.height;
      own.getContext("2d")?.drawImage(painted, 0, 0);
    });
    return () => {
      left = true;
    };
  }, [doc, preview]);
  return <canvas ref={canvas} aria-hidden="true" />;
}

/** Opens the layouts. */
export function LayoutsButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className="button button-quiet" onClick={onOpen}>
      <LayoutsIcon width={20} height={20} />
      {t("canvas.layouts")}
    </button>
  );
}
