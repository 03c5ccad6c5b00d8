import { useState, type FormEvent } from "react";
import { ask } from "../../shared/api";
import type { Creation, Generation } from "../../shared/types";
import { useAct, useAsk } from "../ask";
import { TermsButton } from "../parts/frame";
import { MakerLine } from "../parts/maker";
import { withQuery } from "../parts/picture";
import { FieldError, sentenceOf } from "../parts/trouble";
import { go, Heading, Link } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";
import { lengthOf } from "./sentence";

/** Enter: the finished picture, a title, a name, and what happens next. */
export function Enter({ creation }: { creation: Creation }) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const [title, setTitle] = useState("");
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const works = `/c/${campaign.slug}/works`;
  const { width, height } = creation.composition;
  const { data: made } = useAsk<Generation>(`/generations/${creation.generation_id}`);

  const { run, busy, problem } = useAct(async () => {
    await ask(`/creations/${creation.id}/entry`, {
      method: "POST",
      body: { title: title.trim(), display_name: name.trim() },
    });
    go(`${works}?new=${encodeURIComponent(creation.id)}`);
  });
  const about = (field: "title" | "display_name") =>
    problem?.fields.find((f) => f.path.endsWith(field))?.message ??
    (problem?.code.startsWith(field === "title" ? "title_" : "display_name_") ? problem.detail : undefined);
  const titleMissing = title.trim() === "";
  const nameMissing = name.trim() === "";
  const titleLong = lengthOf(title.trim()) > campaign.title_max;
  const nameLong = lengthOf(name.trim()) > campaign.name_max;
  const titleError =
    (asked && titleMissing && t("enter.title.missing")) ||
    (titleLong && t("enter.too_long", { max: campaign.title_max })) ||
    about("title");
  const nameError =
    (asked && nameMissing && t("enter.name.missing")) ||
    (nameLong && t("enter.too_long", { max: campaign.name_max })) ||
    about("display_name");

  const already = creation.state === "waiting" || creation.state === "published";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (titleMissing || titleLong) document.getElementById("title")?.focus();
    else if (nameMissing || nameLong) document.getElementById("name")?.focus();
    else void run();
  };

  return (
    <div className="enter">
      <div className="enter-picture">
        <div className="picture" style={{ aspectRatio: `${width} / ${height}` }}>
          <img
            src={withQuery(creation.image_url, { width: 1280, revision: creation.revision })}
            alt={creation.alt}
            width={width}
            height={height}
          />
        </div>
        {made?.maker && <MakerLine maker={made.maker} fallback={made.fallback} />}
      </div>
      <div className="enter-words">
        <div className="stack">
          <Heading title={`${t("enter.title")} · ${campaign.name}`}>{t("enter.title")}</Heading>
          <p className="soft">{already ? t("enter.already") : t("enter.text")}</p>
        </div>
        {already ? (
          <Link className="button" to={works}>
            {t("works")}
          </Link>
        ) : (
          <form className="form" onSubmit={submit} noValidate>
            <div className="field">
              <label htmlFor="title">{t("enter.work_title")}</label>
              <input
                id="title"
                value={title}
                onChange={(event) => setTitle(event.target.value)}
                aria-invalid={Boolean(titleError)}
                aria-describedby="title-error"
                placeholder={t("enter.title.example")}
              />
              {titleError && <FieldError id="title-error">{titleError}</FieldError>}
            </div>
            <div className="field">
              <label htmlFor="name">{t("enter.name")}</label>
              <input
                id="name"
                autoComplete="given-name"
                value={name}
                onChange={(event) => setName(event.target.value)}
                aria-invalid={Boolean(nameError)}
                aria-describedby="name-hint name-error"
              />
              <p className="field-hint" id="name-hint">
                {t("enter.name.hint")}
              </p>
              {nameError && <FieldError id="name-error">{nameError}</FieldError>}
            </div>
            {problem && !about("title") && !about("display_name") && (
              <FieldError>{sentenceOf(problem, words)}</FieldError>
            )}
            <button type="submit" className="button button-wide" disabled={busy}>
              {t("enter.go")}
            </button>
            <p className="soft small">
              {t("enter.use")} <TermsButton terms={campaign.terms}>{t("arrival.read_terms")}</TermsButton>
            </p>
            <Link className="button-plain" to={`/c/${campaign.slug}/create?w=${creation.id}`}>
              {t("enter.back")}
            </Link>
          </form>
        )}
      </div>
    </div>
  );
}
