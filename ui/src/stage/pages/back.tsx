import { useEffect, useState } from "react";
import { ask, asProblem, type Problem } from "../../shared/api";
import { Foot, Head } from "../parts/frame";
import { sentenceOf } from "../parts/trouble";
import { go, Heading, Link } from "../route";
import { takeSecret } from "../secret";
import { useCampaign } from "../stage";
import { useWords } from "../words";

/** Brings a participant back to their works by their private link. */
export function BackPage() {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const [secret] = useState(takeSecret);
  const [problem, setProblem] = useState<Problem | null>(null);
  const works = `/c/${campaign.slug}/works`;

  useEffect(() => {
    let left = false;
    if (!secret) return;
    ask("/participants/return", { method: "POST", body: { secret } }).then(
      () => {
        if (!left) go(works, "replace");
      },
      (thrown) => {
        if (!left) setProblem(asProblem(thrown));
      },
    );
    return () => {
      left = true;
    };
  }, [secret, works]);

  const failed = !secret || problem !== null;
  return (
    <>
      <Head campaign={campaign} />
      <main id="main" className="page page-narrow page-alone">
        <Heading title={failed ? t("back.failed") : t("back.title")}>
          {failed ? t("back.failed") : t("back.title")}
        </Heading>
        {failed && (
          <>
            <p role="alert">{problem ? sentenceOf(problem, words) : t("back.no_secret")}</p>
            <Link className="button" to={`/c/${campaign.slug}`}>
              {t("missing.home")}
            </Link>
          </>
        )}
      </main>
      <Foot campaign={campaign} />
    </>
  );
}
