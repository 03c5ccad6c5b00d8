import { useState } from "react";
import { ask } from "../../shared/api";
import type { Creation, Generation, Me, Works } from "../../shared/types";
import { useAct, useAsk } from "../ask";
import { Check, Download, Trash } from "../icons";
import { Foot, Head, PrivateLink } from "../parts/frame";
import { withQuery } from "../parts/picture";
import { filesOf, SaveSheet } from "../parts/save-sheet";
import { Sheet } from "../parts/sheet";
import { FieldError, sentenceOf, Trouble } from "../parts/trouble";
import { go, Heading, Link, useAddress } from "../route";
import { useCampaign, useStage } from "../stage";
import { useWords } from "../words";

/** Everything a participant made here, what became of it, and what is known of them. */
export function WorksPage() {
  const campaign = useCampaign();
  const { t } = useWords();
  const address = useAddress();
  const works = useAsk<Works>(`/campaigns/${campaign.slug}/works`);
  const stranger = works.problem?.status === 401;
  const started = works.data?.generations.filter((g) => showsAsStarted(g, works.data!.creations)) ?? [];
  const creations = works.data?.creations ?? [];
  const fresh = address.searchParams.get("new");

  return (
    <>
      <Head campaign={campaign} current="works" />
      <main id="main" className="page works">
        <Heading title={`${t("works")} · ${campaign.name}`}>{t("works")}</Heading>
        {fresh && creations.some((c) => c.id === fresh) && (
          <p className="notice" role="status">
            <Check />
            <span>{t("works.handed_in")}</span>
          </p>
        )}
        {stranger && (
          <div className="empty">
            <p className="lead">{t("works.stranger")}</p>
            <Link className="button" to={`/c/${campaign.slug}/create`}>
              {t("home.start")}
            </Link>
          </div>
        )}
        {works.problem && !stranger && <Trouble problem={works.problem} again={works.again} />}
        {!works.data && !works.problem && (
          <div className="works-wait plate" aria-busy="true">
            <p className="hidden">{t("loading")}</p>
          </div>
        )}
        {works.data && creations.length === 0 && started.length === 0 && (
          <div className="empty">
            <p className="display empty-words">{t("works.empty")}</p>
            <Link className="button" to={`/c/${campaign.slug}/create`}>
              {t("home.start")}
            </Link>
          </div>
        )}
        {started.length > 0 && (
          <section className="stack-wide" aria-labelledby="started">
            <h2 id="started">{t("works.started")}</h2>
            <ul className="started">
              {started.map((generation) => (
                <Started key={generation.id} generation={generation} />
              ))}
            </ul>
          </section>
        )}
        {creations.length > 0 && (
          <ul className="shelf">
            {creations.map((creation) => (
              <OneWork key={creation.id} creation={creation} onChange={works.again} />
            ))}
          </ul>
        )}
        {works.data && <Mine />}
      </main>
      <Foot campaign={campaign} />
    </>
  );
}

/** A generation shows by itself until one of its candidates became a creation. */
function showsAsStarted(generation: Generation, creations: Creation[]): boolean {
  if (generation.state === "cancelled") return false;
  return !creations.some((creation) => creation.generation_id === generation.id);
}

function Started({ generation }: { generation: Generation }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const first = generation.candidates[0];
  const state = generation.state === "queued" ? "running" : generation.state;
  return (
    <li>
      <Link to={`/c/${campaign.slug}/create?g=${encodeURIComponent(generation.id)}`} className="started-link">
        <span className="picture started-picture">
          {first && <img src={withQuery(first.image_url, { width: 160 })} alt="" loading="lazy" />}
        </span>
        <span className="started-words">
          <bdi>{generation.prompt}</bdi>
          <span className="soft small">{t(`works.generation.${state}`)}</span>
        </span>
      </Link>
    </li>
  );
}

function OneWork({ creation, onChange }: { creation: Creation; onChange: () => void }) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const { tell } = useStage();
  const [asking, setAsking] = useState<"withdraw" | "delete" | "save" | null>(null);
  const { entry } = creation;
  const { width, height } = creation.composition;
  const { run, busy, problem } = useAct(async (what: "withdraw" | "delete") => {
    await ask(`/creations/${creation.id}${what === "withdraw" ? "/entry" : ""}`, { method: "DELETE" });
    setAsking(null);
    tell(t(what === "withdraw" ? "works.withdrawn" : "works.deleted"));
    onChange();
  });
  const editable = creation.state === "draft" || creation.state === "rejected";
  const image = withQuery(creation.image_url, { revision: creation.revision });

  return (
    <li className="shelf-item">
      <div className="picture" style={{ aspectRatio: `${width} / ${height}` }}>
        <img src={withQuery(image, { width: 640 })} alt={creation.alt} width={width} height={height} loading="lazy" />
      </div>
      <div className="shelf-words">
        <p className={`state state-${creation.state}`}>{t(`works.state.${creation.state}`)}</p>
        <h2>{entry?.title || t("works.untitled")}</h2>
        {(creation.state === "rejected" || creation.state === "taken_down") && entry?.reason && (
          <blockquote className="answer">{entry.reason}</blockquote>
        )}
        {creation.state === "published" && entry && <p className="soft">{words.count("love.votes", entry.votes)}</p>}
        <div className="row">
          {editable && (
            <Link className="button button-quiet" to={`/c/${campaign.slug}/create?w=${encodeURIComponent(creation.id)}`}>
              {t("works.go_on")}
            </Link>
          )}
          {creation.state === "published" && entry && (
            <Link className="button button-quiet" to={`/c/${campaign.slug}/w/${encodeURIComponent(entry.id)}`}>
              {t("works.see")}
            </Link>
          )}
          {(creation.state === "waiting" || creation.state === "published") && (
            <button type="button" className="button button-quiet" onClick={() => setAsking("withdraw")}>
              {t("works.withdraw")}
            </button>
          )}
          {creation.state !== "taken_down" && (
            <button
              type="button"
              className="button-icon"
              onClick={() => setAsking("save")}
              aria-label={t("works.download", { title: entry?.title || t("works.untitled") })}
            >
              <Download width={20} height={20} />
            </button>
          )}
          <button
            type="button"
            className="button-icon"
            onClick={() => setAsking("delete")}
            aria-label={t("works.delete", { title: entry?.title || t("works.untitled") })}
          >
            <Trash width={20} height={20} />
          </button>
        </div>
      </div>
      {asking === "save" && (
        <SaveSheet title={t("work.download")} files={filesOf(image)} onClose={() => setAsking(null)} />
      )}
      {asking && asking !== "save" && (
        <Sheet title={t(`works.${asking}.title`)} onClose={() => setAsking(null)}>
          <p>{t(`works.${asking}.text`)}</p>
          {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
          <div className="row">
            <button type="button" className="button" disabled={busy} onClick={() => void run(asking)}>
              {t(`works.${asking}.yes`)}
            </button>
            <button type="button" className="button button-quiet" onClick={() => setAsking(null)}>
              {t("cancel")}
            </button>
          </div>
        </Sheet>
      )}
    </li>
  );
}

/** The private link, the consents, and the way to take everything along or away. */
function Mine() {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const { tell } = useStage();
  const me = useAsk<Me>(`/campaigns/${campaign.slug}/me`);
  const [link, setLink] = useState<{ link: string; expires_at?: string } | null>(null);
  const [erasing, setErasing] = useState(false);
  const makeLink = useAct(async () => {
    setLink(await ask("/participants/link", { method: "POST", body: { campaign: campaign.slug } }));
  });
  const [wish, setWish] = useState<string[] | null>(null);
  const setConsents = useAct(async (purposes: string[]) => {
    setWish(purposes);
    try {
      await ask(`/campaigns/${campaign.slug}/me/consents`, { method: "PUT", body: { consents: purposes } });
      if (me.data) {
        const given_at = new Date().toISOString();
        me.put({ ...me.data, consents: purposes.map((purpose) => ({ purpose, given_at })) });
      }
      tell(t("mine.consents.saved"));
    } finally {
      setWish(null);
    }
  });
  const erase = useAct(async () => {
    await ask("/participants/me", { method: "DELETE" });
    try {
      sessionStorage.clear();
    } catch {
      // Nothing was kept where storage is forbidden.
    }
    tell(t("mine.erased"));
    go(`/c/${campaign.slug}`);
  });
  // A tick shows at once what is wished, and goes back if the server says no.
  const given = new Set(wish ?? me.data?.consents.map((consent) => consent.purpose));

  return (
    <section className="mine" aria-labelledby="mine">
      <h2 id="mine">{t("mine")}</h2>
      <div className="mine-grid">
        <div className="mine-part">
          <h3>{t("mine.link")}</h3>
          <p className="soft">{t("mine.link.text")}</p>
          {link ? (
            <>
              <PrivateLink link={link.link} />
              <p className="soft small">{t("link.keep")}</p>
            </>
          ) : (
            <button type="button" className="button button-quiet" disabled={makeLink.busy} onClick={() => void makeLink.run()}>
              {t("link.make")}
            </button>
          )}
          {makeLink.problem && <FieldError>{sentenceOf(makeLink.problem, words)}</FieldError>}
        </div>
        <fieldset className="mine-part field">
          <legend className="mine-legend">{t("mine.consents")}</legend>
          {campaign.consents.map((consent) => (
            <div className="tick" key={consent.purpose}>
              <input
                type="checkbox"
                id={`mine-${consent.purpose}`}
                checked={given.has(consent.purpose)}
                disabled={!me.data || setConsents.busy || (consent.required && given.has(consent.purpose))}
                aria-describedby={consent.required ? "mine-required" : undefined}
                onChange={(event) => {
                  const next = new Set(given);
                  if (event.target.checked) next.add(consent.purpose);
                  else next.delete(consent.purpose);
                  void setConsents.run([...next]);
                }}
              />
              <label htmlFor={`mine-${consent.purpose}`}>{consent.text}</label>
            </div>
          ))}
          <p className="soft small" id="mine-required">
            {t("mine.consents.required")}
          </p>
          {setConsents.problem && <FieldError>{sentenceOf(setConsents.problem, words)}</FieldError>}
        </fieldset>
        <div className="mine-part">
          <h3>{t("mine.data")}</h3>
          <p className="soft">{t("mine.data.text")}</p>
          <div className="row">
            <a className="button button-quiet" href="/api/v1/participants/me/export" download>
              <Download width={20} height={20} />
              {t("mine.export")}
            </a>
            <button type="button" className="button button-quiet button-danger" onClick={() => setErasing(true)}>
              <Trash width={20} height={20} />
              {t("mine.erase")}
            </button>
          </div>
        </div>
      </div>
      {erasing && (
        <Sheet title={t("mine.erase")} onClose={() => setErasing(false)}>
          <p>{t("mine.erase.text")}</p>
          {erase.problem && <FieldError>{sentenceOf(erase.problem, words)}</FieldError>}
          <div className="row">
            <button type="button" className="button" disabled={erase.busy} onClick={() => void erase.run()}>
              {t("mine.erase.yes")}
            </button>
            <button type="button" className="button button-quiet" onClick={() => setErasing(false)}>
              {t("cancel")}
            </button>
          </div>
        </Sheet>
      )}
    </section>
  );
}
