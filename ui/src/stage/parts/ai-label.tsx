import type { WorkLabel } from "../../shared/types";
import { Info } from "../icons";
import { useWords } from "../words";

/** The letters of the badge, as internal/compose/label_icon.go draws them, on a grid of 100. */
const LETTERS =
  "M31 23h14l15.5 54h-13l-3.3-11.6H31.9L28.5 77h-13ZM38 43.9l3.3 11.5h-6.6ZM71 23h13v54H71Z";
const BADGE = "M24 0h52a24 24 0 0 1 24 24v52a24 24 0 0 1-24 24H24A24 24 0 0 1 0 76V24A24 24 0 0 1 24 0Z";
const INSIDE =
  "M24 8.5h52A15.5 15.5 0 0 1 91.5 24v52A15.5 15.5 0 0 1 76 91.5H24A15.5 15.5 0 0 1 8.5 76V24A15.5 15.5 0 0 1 24 8.5Z";

/** A full badge for what a model made alone, an outlined one for what it made in part. */
export function AiIcon({ icon }: { icon: WorkLabel["icon"] }) {
  return (
    <svg className="ai-icon" viewBox="0 0 100 100" width="22" height="22" aria-hidden="true" focusable="false">
      <path fill="currentColor" fillRule="evenodd" d={BADGE + (icon === "ai-part" ? INSIDE : "") + LETTERS} />
    </svg>
  );
}

/** The label of a work: seen without being hunted, and one tap from how the work was made. */
export function AiLabel({ label, onOpen }: { label: WorkLabel; onOpen: () => void }) {
  const { t } = useWords();
  return (
    <button type="button" className="ai-label" aria-haspopup="dialog" onClick={onOpen}>
      <AiIcon icon={label.icon} />
      <span lang={label.lang}>{label.text}</span>
      <Info width={18} height={18} />
      <span className="hidden">{t("how")}</span>
    </button>
  );
}
