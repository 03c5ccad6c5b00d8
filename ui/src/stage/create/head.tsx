import { Close } from "../icons";
import { Link } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";

const STEPS = ["say", "choose", "place", "enter"] as const;

/** Where one is on the way from words to a work, and the way out. */
export function CreateHead({ at }: { at: (typeof STEPS)[number] }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const now = STEPS.indexOf(at);
  return (
    <header className="create-head">
      <ol className="steps" aria-label={t("steps")}>
        {STEPS.map((step, i) => (
          <li key={step} aria-current={i === now ? "step" : undefined} data-done={i < now || undefined}>
            <span>{t(`step.${step}`)}</span>
          </li>
        ))}
      </ol>
      <Link className="button-icon" to={`/c/${campaign.slug}`} aria-label={t("leave")}>
        <Close />
      </Link>
    </header>
  );
}
