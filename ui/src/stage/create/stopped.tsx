import { useState } from "react";
import { ask } from "../../shared/api";
import type { Generation } from "../../shared/types";
import { useAct } from "../ask";
import { Arrow, Info } from "../icons";
import { PrivateLink } from "../parts/frame";
import { FieldError, sentenceOf } from "../parts/trouble";
import { go, Heading } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";

interface StoppedProps {
  generation: Generation;
  /** The connection is down and the page keeps trying. */
  adrift: boolean;
  onChange: () => void;
}

/** A generation that stopped before there was a picture, said kindly, with the way on. */
export function Stopped({ generation, adrift, onChange }: StoppedProps) {
  if (generation.state === "held") return <Held generation={generation} adrift={adrift} onChange={onChange} />;
  if (generation.state === "refused" && generation.code?.startsWith("prompt_rewrite")) {
    return <Rewritten generation={generation} onChange={onChange} />;
  }
  return <Ended generation={generation} onChange={onChange} />;
}

/** Why there is no picture, and the words to change. */
function Ended({ generation, onChange }: Pick<StoppedProps, "generation" | "onChange">) {
  const campaign = useCampaign();
  const { t } = useWords();
  const state = generation.state === "refused" || generation.state === "cancelled" ? generation.state : "failed";
  return (
    <div className="page page-narrow page-alone">
      <Heading title={`${t(`stopped.${state}`)} · ${campaign.name}`}>{t(`stopped.${state}`)}</Heading>
      <p className="lead">{generation.message || t(`stopped.${state}.text`)}</p>
      <Said text={generation.prompt} />
      <button type="button" className="button" onClick={onChange}>
        {t(state === "failed" ? "stopped.try_again" : "choose.change")}
      </button>
    </div>
  );
}

/**
 * Words that a person reads first. The page goes on by itself once they let them
 * through; whoever would rather not wait takes the link, or says it another way,
 * which takes these words back.
 */
function Held({ generation, adrift, onChange }: StoppedProps) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const change = useAct(async () => {
    await ask(`/generations/${generation.id}`, { method: "DELETE" });
    onChange();
  });
  return (
    <div className="page page-narrow page-alone">
      <Heading title={`${t("stopped.held")} · ${campaign.name}`}>{t("stopped.held")}</Heading>
      <p className="lead">{generation.message || t("stopped.held.text")}</p>
      <Said text={generation.prompt} />
      <p role="status" className="held-wait">
        <span className="held-pulse" aria-hidden="true" />
        <span>{adrift ? t("choose.adrift") : t("held.goes_on")}</span>
      </p>
      <ComeBack text={t("held.link")} />
      <div className="stack">
        <p className="soft">{t("held.change")}</p>
        {change.problem && <FieldError>{sentenceOf(change.problem, words)}</FieldError>}
        <div>
          <button type="button" className="button button-quiet" disabled={change.busy} onClick={() => void change.run()}>
            {t("choose.change")}
          </button>
        </div>
      </div>
    </div>
  );
}

/** Words that could be painted if they were said a little differently: why, and how. */
function Rewritten({ generation, onChange }: Pick<StoppedProps, "generation" | "onChange">) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const suggestion = generation.suggestion?.trim() ?? "";
  const take = useAct(async () => {
    const next = await ask<{ id: string }>(`/campaigns/${campaign.slug}/generations`, {
      method: "POST",
      body: { prompt: suggestion, marks: generation.marks, aspect: generation.aspect },
    });
    go(`/c/${campaign.slug}/create?g=${encodeURIComponent(next.id)}`);
  });
  return (
    <div className="page page-narrow page-alone">
      <Heading title={`${t("rewrite.title")} · ${campaign.name}`}>{t("rewrite.title")}</Heading>
      <p className="lead">{generation.message || t("stopped.refused.text")}</p>
      <dl className="rewrite">
        <dt>{t("rewrite.yours")}</dt>
        <dd className="soft">
          <bdi>{generation.prompt}</bdi>
        </dd>
        {suggestion && (
          <>
            <dt>{t("rewrite.ours")}</dt>
            <dd>
              <Said text={suggestion} />
            </dd>
          </>
        )}
      </dl>
      {take.problem && <FieldError>{sentenceOf(take.problem, words)}</FieldError>}
      <div className="rewrite-ways">
        {suggestion && (
          <button type="button" className="button" disabled={take.busy} onClick={() => void take.run()}>
            {t("rewrite.take")}
            <Arrow />
          </button>
        )}
        <button type="button" className={suggestion ? "button button-quiet" : "button"} onClick={onChange}>
          {t("choose.change")}
        </button>
      </div>
    </div>
  );
}

function Said({ text }: { text: string }) {
  return (
    <blockquote className="answer">
      <bdi>{text}</bdi>
    </blockquote>
  );
}

/** Offers the private link to those who would rather not wait. */
export function ComeBack({ text }: { text: string }) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const [link, setLink] = useState<string | null>(null);
  const { run, busy, problem } = useAct(async () => {
    const answer = await ask<{ link: string }>("/participants/link", {
      method: "POST",
      body: { campaign: campaign.slug },
    });
    setLink(answer.link);
  });
  return (
    <div className="notice">
      <Info />
      <div className="notice-body">
        <p>{text}</p>
        {link ? (
          <>
            <PrivateLink link={link} />
            <p className="soft small">{t("link.keep")}</p>
          </>
        ) : (
          <button type="button" className="button button-quiet" disabled={busy} onClick={() => void run()}>
            {t("link.make")}
          </button>
        )}
        {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
      </div>
    </div>
  );
}
