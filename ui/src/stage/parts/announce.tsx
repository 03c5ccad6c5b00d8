import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";

interface Announcer {
  /** Says it to screen readers only. */
  whisper(words: string): void;
  /** Says it to everyone, for a few seconds. */
  tell(words: string): void;
}

const Context = createContext<Announcer>({ whisper: () => {}, tell: () => {} });

const SHOWN_FOR = 5000;

/** Holds the page's live region and its passing messages. */
export function AnnounceProvider({ children }: { children: ReactNode }) {
  const [quiet, setQuiet] = useState("");
  const [shown, setShown] = useState("");
  const timer = useRef(0);

  const whisper = useCallback((words: string) => {
    // The same sentence twice is read twice only if the text changes between.
    setQuiet((before) => (before === words ? `${words}\u00a0` : words));
  }, []);
  const tell = useCallback((words: string) => {
    setShown(words);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setShown(""), SHOWN_FOR);
  }, []);
  const announcer = useMemo(() => ({ whisper, tell }), [whisper, tell]);

  return (
    <Context value={announcer}>
      {children}
      <div className="hidden" role="status" aria-live="polite">
        {quiet}
      </div>
      <div className="toast" role="status" aria-live="polite">
        {shown}
      </div>
    </Context>
  );
}

export function useAnnounce(): Announcer {
  return useContext(Context);
}
