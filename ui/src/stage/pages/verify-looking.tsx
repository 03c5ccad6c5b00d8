import { useEffect, useState } from "react";
import { useWords, type WordKey } from "../words";

const LOOKS: readonly WordKey[] = ["verify.step.file", "verify.step.credential", "verify.step.watermark", "verify.step.fingerprint"];
/** How long each look is shown, in milliseconds: the first two take no time, the third the most. */
const SHOWN = [500, 700, 2200];

/** Tells the four looks in the order in which they are made, while the answer is on its way. */
export function Looking() {
  const { t } = useWords();
  const [at, setAt] = useState(0);
  useEffect(() => {
    const wait = SHOWN[at];
    if (wait === undefined) return;
    const timer = window.setTimeout(() => setAt(at + 1), wait);
    return () => window.clearTimeout(timer);
  }, [at]);
  return (
    <div className="verify-wait plate">
      <p>{t("verify.looking")}</p>
      <ol aria-hidden="true">
        {LOOKS.map((key, i) => (
          <li key={key} data-state={i < at ? "past" : i === at ? "now" : "next"}>
            {t(key)}
          </li>
        ))}
      </ol>
    </div>
  );
}
