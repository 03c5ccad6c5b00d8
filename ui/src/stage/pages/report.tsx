import { useEffect, useState } from "react";
import { ask, asProblem, type Problem } from "../../shared/api";
import type { ReportOutcome } from "../../shared/types";
import { Foot, Head } from "../parts/frame";
import { sentenceOf } from "../parts/trouble";
import { Heading, Link } from "../route";
import { takeSecret } from "../secret";
import { useCampaign } from "../stage";
import { useWords } from "../words";

/** What became of a report, for the one who holds its private link. */
export function ReportPage() {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const [secret] = useState(takeSecret);
  const [outcome, setOutcome] = useState<ReportOutcome | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    if (!secret) return;
    const leaving = new AbortController();
    ask<ReportOutcome>("/reports/outcome", { method: "POST", body: { secret }, signal: leaving.signal }).then(
      setOutcome,
      (thrown) => {
        if (!leaving.signal.aborted) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [secret, words.locale]);

  return (
    <>
      <Head campaign={campaign} />
      <main id="main" className="page page-narrow page-alone">
        <Heading title={t("outcome.title")}>{t("outcome.title")}</Heading>
        {!secret && <p role="alert">{t("back.no_secret")}</p>}
        {problem && <p role="alert">{sentenceOf(problem, words)}</p>}
        {outcome && (
          <div className="stack" role="status">
            <p className="lead">{t(`outcome.${outcome.state}`, { title: outcome.title })}</p>
            {outcome.answer && <blockquote className="answer">{outcome.answer}</blockquote>}
            <p className="soft small">
              {t("outcome.reported", { date: words.date(outcome.reported_at) })}
              {outcome.decided_at && ` ${t("outcome.decided", { date: words.date(outcome.decided_at) })}`}
            </p>
          </div>
        )}
        <Link className="button button-quiet" to={`/c/${campaign.slug}/gallery`}>
          {t("home.to_gallery")}
        </Link>
      </main>
      <Foot campaign={campaign} />
    </>
  );
}
