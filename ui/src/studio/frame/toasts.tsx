import { IconAlertTriangle, IconCheck, IconX } from "../icons";
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { asProblem } from "../../shared/api";
import { reportSignedOut } from "../data/session";
import { problemWords } from "../data/words";
import css from "./toasts.module.css";

interface Toast {
  id: number;
  tone: "good" | "bad";
  text: string;
}

interface Tell {
  /** Says that something went well. */
  good: (text: string) => void;
  /** Says what went wrong, from anything thrown. */
  bad: (thrown: unknown) => void;
}

const TellContext = createContext<Tell>({ good: () => undefined, bad: () => undefined });
const MOST = 3;

/** Short messages at the lower edge; problems stay until they are closed. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const close = useCallback((id: number) => setToasts((all) => all.filter((t) => t.id !== id)), []);
  const add = useCallback((tone: Toast["tone"], text: string) => {
    const id = ++last.current;
    setToasts((all) => [...all.filter((t) => t.text !== text), { id, tone, text }].slice(-MOST));
    if (tone === "good") setTimeout(() => close(id), 4000);
  }, [close]);
  const tell = useMemo<Tell>(() => ({
    good: (text) => add("good", text),
    bad: (thrown) => {
      const problem = asProblem(thrown);
      reportSignedOut(problem);
      add("bad", problemWords(problem));
    },
  }), [add]);
  return (
    <TellContext value={tell}>
      {children}
      <div className={css.toasts} role="status" aria-live="polite">
        {toasts.map((t) => (
          <div key={t.id} className={css.toast} data-tone={t.tone}>
            {t.tone === "good" ? <IconCheck size={17} aria-hidden /> : <IconAlertTriangle size={17} aria-hidden />}
            <span>{t.text}</span>
            <button type="button" aria-label="Close message" onClick={() => close(t.id)}><IconX size={15} /></button>
          </div>
        ))}
      </div>
    </TellContext>
  );
}

/** A way to tell people how something went. */
export const useTell = () => useContext(TellContext);
