import { useEffect, useRef, useState } from "react";
import { ask } from "../../shared/api";
import type { Candidate, Creation } from "../../shared/types";
import { useAct } from "../ask";
import { Arrow, Check, Expand, Info } from "../icons";
import { useAnnounce } from "../parts/announce";
import { MakerLine } from "../parts/maker";
import { withQuery } from "../parts/picture";
import { Sheet } from "../parts/sheet";
import { FieldError, sentenceOf, Trouble } from "../parts/trouble";
import { go, Heading } from "../route";
import { useCampaign } from "../stage";
import { useWords, type Words } from "../words";
import { draftFrom } from "./draft";
import { ended, useGeneration, type Followed } from "./follow";
import { ComeBack, Stopped } from "./stopped";

const FRAMES = 4;
const LONG_WAIT = 10_000;

/** Choose: four frames in which the pictures come up one by one. */
export function Candidates({ id }: { id: string }) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const { whisper } = useAnnounce();
  const { followed, problem, adrift, again } = useGeneration(id);
  const [picked, setPicked] = useState<string | null>(null);
  const [large, setLarge] = useState<Candidate | null>(null);
  const arrived = followed?.generation.candidates.length ?? 0;
  const state = followed?.generation.state;

  useEffect(() => {
    if (arrived > 0) whisper(t("choose.arrived", { count: arrived, all: FRAMES }));
  }, [arrived, whisper, t]);
  const wasHeld = useRef(false);
  useEffect(() => {
    if (wasHeld.current && (state === "queued" || state === "running")) whisper(t("held.released"));
    wasHeld.current = state === "held";
  }, [state, whisper, t]);
  const long = useLongWait(state !== undefined && !ended(state));

  const use = useAct(async (candidate: string) => {
    const creation = await ask<Creation>("/creations", {
      method: "POST",
      body: { generation_id: id, candidate_id: candidate },
    });
    go(`/c/${campaign.slug}/create?w=${encodeURIComponent(creation.id)}`);
  });
  const cancel = useAct(async () => {
    await ask(`/generations/${id}`, { method: "DELETE" });
    again();
  });

  if (problem) {
    return (
      <div className="page page-narrow page-alone">
        <Heading title={t("trouble.title")}>{t("trouble.title")}</Heading>
        <Trouble problem={problem} again={again} />
        <ChangeIt />
      </div>
    );
  }
  if (!followed) {
    return (
      <p className="create-wait plate" aria-busy="true">
        <span className="hidden">{t("loading")}</span>
      </p>
    );
  }
  const { generation } = followed;
  const format = campaign.formats.find((f) => f.id === generation.aspect) ?? campaign.formats[0];
  const shape = format ? format.width / format.height : 1;
  const change = () => {
    draftFrom(campaign, generation);
    go(`/c/${campaign.slug}/create`);
  };

  const none = generation.candidates.length === 0;
  if (generation.state === "held" || (none && ended(generation.state))) {
    return <Stopped generation={generation} adrift={adrift} onChange={change} />;
  }

  const working = !ended(generation.state);
  return (
    <div className="choose">
      <div className="choose-intro">
        <Heading title={`${t("choose.title")} · ${campaign.name}`}>
          {working ? t("choose.painting") : t("choose.title")}
        </Heading>
        <p className="soft choose-prompt">
          <bdi>{generation.prompt}</bdi>
        </p>
        <p className="choose-stage" role="status">
          {adrift ? t("choose.adrift") : stageWords(followed, words)}
        </p>
        {working && (
          <div
            className="bar"
            role="progressbar"
            aria-label={t("choose.progress")}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(generation.progress * 100)}
          >
            <span style={{ inlineSize: `${Math.max(3, generation.progress * 100)}%` }} />
          </div>
        )}
      </div>
      <ul className={`frames${shape > 1.2 ? " frames-wide" : ""}`} style={{ "--shape": shape } as React.CSSProperties}>
        {Array.from({ length: Math.max(FRAMES, generation.candidates.length) }, (_, i) => {
          const candidate = generation.candidates.find((c) => c.index === i);
          if (candidate) {
            return (
              <li key={i} className="frame">
                <button
                  type="button"
                  className="frame-pick"
                  aria-pressed={picked === candidate.id}
                  onClick={() => setPicked(candidate.id)}
                >
                  <img
                    className="developed"
                    src={withQuery(candidate.image_url, { width: 640 })}
                    alt={t("choose.candidate", { number: i + 1, alt: candidate.alt })}
                    width={candidate.width}
                    height={candidate.height}
                  />
                  <span className="picked">
                    <Check width={20} height={20} strokeWidth={2.6} />
                  </span>
                </button>
                <button
                  type="button"
                  className="button-icon frame-expand"
                  onClick={() => setLarge(candidate)}
                  aria-label={t("choose.closer", { number: i + 1 })}
                >
                  <Expand width={20} height={20} />
                </button>
              </li>
            );
          }
          if (!working) return null;
          const now = i === generation.candidates.length && generation.state === "running";
          return (
            <li key={i} className={`frame frame-empty${now ? " frame-now plate" : ""}`}>
              <span className="frame-number display" aria-hidden="true">
                {words.number(i + 1)}
              </span>
            </li>
          );
        })}
      </ul>
      <div className="choose-notes">
        <MakerLine maker={generation.maker ?? campaign.maker} fallback={generation.fallback} />
        {generation.missed.length > 0 && (
          <p className="maker">
            <Info />
            <span>{t("choose.missed", { words: words.list(generation.missed.map((word) => t("quoted", { text: word }))) })}</span>
          </p>
        )}
        {generation.state === "failed" && <FieldError>{generation.message || t("stopped.failed.text")}</FieldError>}
        {long && <ComeBack text={t("wait.text")} />}
      </div>
      <div className="dock dock-choose">
        {use.problem && <FieldError>{sentenceOf(use.problem, words)}</FieldError>}
        {cancel.problem && <FieldError>{sentenceOf(cancel.problem, words)}</FieldError>}
        {picked ? (
          <button type="button" className="button button-wide" disabled={use.busy} onClick={() => void use.run(picked)}>
            {t("choose.use")}
            <Arrow />
          </button>
        ) : (
          !working && <p className="dock-hint">{t("choose.hint")}</p>
        )}
        <div className="row">
          {working ? (
            <button type="button" className="button-plain" disabled={cancel.busy} onClick={() => void cancel.run()}>
              {t("choose.cancel")}
            </button>
          ) : (
            <button type="button" className="button-plain" onClick={change}>
              {t("choose.change")}
            </button>
          )}
        </div>
      </div>
      {large && (
        <Sheet title={t("choose.number", { number: large.index + 1 })} onClose={() => setLarge(null)}>
          <div className="picture" style={{ aspectRatio: `${large.width} / ${large.height}` }}>
            <img src={withQuery(large.image_url, { width: 1280 })} alt={large.alt} />
          </div>
          <button
            type="button"
            className="button button-wide"
            onClick={() => {
              setPicked(large.id);
              setLarge(null);
            }}
          >
            {t("choose.this")}
          </button>
        </Sheet>
      )}
    </div>
  );
}

/** What is happening, in words that are true at this moment. */
function stageWords({ generation, stage, index }: Followed, words: Words): string {
  const { t } = words;
  const count = generation.candidates.length;
  switch (generation.state) {
    case "queued":
      return t("stage.queued");
    case "running": {
      if (stage === "waiting" && count === 0) return t("stage.starting");
      const number = Math.min(FRAMES, Math.max(index, count - (stage === "checking" ? 1 : 0)) + 1);
      return t(stage === "checking" ? "stage.checking" : "stage.painting", { number, all: FRAMES });
    }
    case "cancelled":
      return t("stage.cancelled");
    default:
      return words.count("stage.done", count);
  }
}

function useLongWait(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  const since = useRef(Date.now());
  useEffect(() => {
    if (!waiting || long) return;
    const rest = Math.max(0, LONG_WAIT - (Date.now() - since.current));
    const timer = window.setTimeout(() => setLong(true), rest);
    return () => window.clearTimeout(timer);
  }, [waiting, long]);
  return waiting && long;
}

function ChangeIt() {
  const campaign = useCampaign();
  const { t } = useWords();
  return (
    <button type="button" className="button" onClick={() => go(`/c/${campaign.slug}/create`)}>
      {t("choose.change")}
    </button>
  );
}
