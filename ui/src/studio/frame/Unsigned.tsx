import { IconAlertTriangle } from "../icons";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { fetchSigning, type SigningState } from "../../shared/staff";
import { useSeat } from "./seat";
import { unsignedWords } from "./unsignedWords";
import css from "./unsigned.module.css";

const BEAT = 30_000;

/** Tells on every page that nothing can be signed, for as long as that is so. */
export function Unsigned() {
  const { can } = useSeat();
  const words = unsignedWords(useSigning(), can("admin"));
  const strip = useRef<HTMLDivElement>(null);

  // Pages that are as high as the window leave room for the strip.
  useLayoutEffect(() => {
    const root = document.documentElement.style;
    if (!strip.current) return;
    const measured = new ResizeObserver(() => root.setProperty("--st-told", `${strip.current?.offsetHeight ?? 0}px`));
    measured.observe(strip.current);
    return () => {
      measured.disconnect();
      root.removeProperty("--st-told");
    };
  }, [!words]);

  // The region is there before its words are, so that they are read aloud.
  return (
    <div role="status">
      {words && (
        <div ref={strip} className={css.strip}>
          <IconAlertTriangle size={19} stroke={1.8} aria-hidden />
          <p><b>{words.happened}</b> {words.meanwhile} <span>{words.todo}</span></p>
        </div>
      )}
    </div>
  );
}

/** Keeps an eye on whether pictures can be signed; undefined until it is known. */
function useSigning(): SigningState | undefined {
  const [state, setState] = useState<SigningState>();
  useEffect(() => {
    const stop = new AbortController();
    const look = () => {
      if (document.hidden) return;
      // Who can't be asked has told nothing new: a page that needs the server says itself when it is away.
      fetchSigning(stop.signal).then(setState, () => undefined);
    };
    look();
    const timer = setInterval(look, BEAT);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      stop.abort();
    };
  }, []);
  return state;
}
