import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { ask } from "../../shared/api";
import { BUILDER_ROWS, type BuilderOption, type BuilderRow } from "../../shared/types";
import { useAct } from "../ask";
import { Arrow, Back, Check, Dice } from "../icons";
import { MakerLine } from "../parts/maker";
import { withQuery } from "../parts/picture";
import { FieldError, sentenceOf } from "../parts/trouble";
import { go, Heading } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";
import { keepDraft, keptDraft } from "./draft";
import { lengthOf, surprise, tap } from "./sentence";

const MOST_MARKS = 4;

/** Say it: pictures to tap, a sentence that grows, marks, shape, one button. */
export function Brief({ left }: { left: number }) {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  const [draft, setDraft] = useState(() => keptDraft(campaign));
  const [asked, setAsked] = useState(false);
  const rows = useRef(new Map<BuilderRow, HTMLElement>());

  useEffect(() => keepDraft(campaign.slug, draft), [campaign.slug, draft]);

  const { run, busy, problem } = useAct(async () => {
    const generation = await ask<{ id: string }>(`/campaigns/${campaign.slug}/generations`, {
      method: "POST",
      body: { prompt: draft.text.trim(), marks: draft.marks, aspect: draft.format },
    });
    go(`/c/${campaign.slug}/create?g=${encodeURIComponent(generation.id)}`);
  });

  const choose = (row: BuilderRow, id: string) => {
    const fresh = !draft.picks[row];
    setDraft((d) => ({ ...d, ...tap(campaign, d, row, id) }));
    const next = BUILDER_ROWS[BUILDER_ROWS.indexOf(row) + 1];
    if (fresh && next && !draft.picks[next]) {
      rows.current.get(next)?.scrollIntoView({ block: "center" });
    }
  };
  const toggleMark = (id: string) =>
    setDraft((d) => ({
      ...d,
      marks: d.marks.includes(id) ? d.marks.filter((mark) => mark !== id) : [...d.marks, id].slice(0, MOST_MARKS),
    }));

  const length = lengthOf(draft.text);
  const tooLong = length > campaign.prompt_max;
  const empty = draft.text.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!empty && !tooLong) void run();
    else document.getElementById("sentence")?.focus();
  };

  return (
    <form className="brief" onSubmit={submit}>
      <div className="brief-intro">
        <Heading title={`${t("say.title")} · ${campaign.name}`}>{t("say.title")}</Heading>
        <p className="soft">{t("say.text")}</p>
      </div>
      <div className="brief-rows">
        {BUILDER_ROWS.filter((row) => campaign.builder[row]?.length).map((row) => (
          <TileRow
            key={row}
            row={row}
            options={campaign.builder[row]}
            picked={draft.picks[row]}
            onPick={(id) => choose(row, id)}
            hold={(element) => {
              if (element) rows.current.set(row, element);
              else rows.current.delete(row);
            }}
          />
        ))}
        {campaign.marks.length > 0 && (
          <fieldset className="tiles">
            <legend>
              <h2>{t("say.marks")}</h2>
              <p className="soft small">{t("say.marks.text")}</p>
            </legend>
            <div className="marks">
              {campaign.marks.map((mark) => (
                <button
                  key={mark.id}
                  type="button"
                  className="mark"
                  aria-pressed={draft.marks.includes(mark.id)}
                  onClick={() => toggleMark(mark.id)}
                >
                  <span className="mark-picture">
                    <img src={withQuery(mark.image_url, { width: 320 })} alt="" />
                  </span>
                  <span className="mark-name">{mark.name}</span>
                  <Picked />
                </button>
              ))}
            </div>
          </fieldset>
        )}
        <fieldset className="tiles">
          <legend>
            <h2>{t("say.format")}</h2>
          </legend>
          <div className="formats">
            {campaign.formats.map((format) => (
              <label key={format.id} className="format">
                <input
                  type="radio"
                  name="format"
                  className="hidden"
                  checked={draft.format === format.id}
                  onChange={() => setDraft((d) => ({ ...d, format: format.id }))}
                />
                <span className="format-shape" style={{ aspectRatio: `${format.width} / ${format.height}` }} />
                <span>{formatName(format.id, t)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </div>
      <div className="dock">
        <div className="sentence">
          <label htmlFor="sentence" className="hidden">
            {t("say.sentence")}
          </label>
          <textarea
            id="sentence"
            rows={2}
            placeholder={t("say.placeholder")}
            value={draft.text}
            onChange={(event) => setDraft((d) => ({ ...d, text: event.target.value.replace(/\s*\n\s*/g, " ") }))}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing) {
                event.preventDefault();
                event.currentTarget.form?.requestSubmit();
              }
            }}
            aria-invalid={tooLong || (asked && empty)}
            aria-describedby="sentence-count"
          />
          <div className="sentence-foot">
            <button
              type="button"
              className="button-plain"
              onClick={() =>
                setDraft((d) => ({ ...d, picks: {}, text: surprise(campaign.surprises, d.text, Math.random()) }))
              }
            >
              <Dice width={22} height={22} />
              {t("say.surprise")}
            </button>
            <span id="sentence-count" className="soft small" data-over={tooLong || undefined}>
              <bdi>
                {words.number(length)} / {words.number(campaign.prompt_max)}
              </bdi>
              <span className="hidden"> {t("say.characters")}</span>
            </span>
          </div>
        </div>
        {asked && empty && <FieldError>{t("say.empty")}</FieldError>}
        {tooLong && <FieldError>{t("say.too_long", { max: campaign.prompt_max })}</FieldError>}
        {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
        <button type="submit" className="button button-wide" disabled={busy || left === 0}>
          {t("say.go")}
          <Arrow />
        </button>
        {left === 0 ? (
          <p className="small">{t("say.none_left")}</p>
        ) : (
          left <= 5 && <p className="soft small">{words.count("say.left", left)}</p>
        )}
        <div className="dock-maker soft">
          <MakerLine maker={campaign.maker} />
        </div>
      </div>
    </form>
  );
}

function TileRow({
  row,
  options,
  picked,
  onPick,
  hold,
}: {
  row: BuilderRow;
  options: BuilderOption[];
  picked: string | undefined;
  onPick: (id: string) => void;
  hold: (element: HTMLElement | null) => void;
}) {
  const { t, dir } = useWords();
  const id = useId();
  const flow = useRef<HTMLUListElement>(null);
  const turn = (way: 1 | -1) => {
    const element = flow.current;
    const onward = way * (dir === "rtl" ? -1 : 1);
    element?.scrollBy({ left: onward * element.clientWidth * 0.8, behavior: "smooth" });
  };
  return (
    <section className="tiles" ref={hold} aria-labelledby={id}>
      <div className="tiles-head">
        <h2 id={id}>
          {t(`say.${row}`)} {row !== "subject" && <span className="tiles-skip">{t("say.skip")}</span>}
        </h2>
        {/* For mice, which can't swipe; keys reach every tile by themselves. */}
        <div className="tiles-turn" aria-hidden="true">
          <button type="button" className="button-icon" tabIndex={-1} onClick={() => turn(-1)}>
            <Back width={20} height={20} />
          </button>
          <button type="button" className="button-icon" tabIndex={-1} onClick={() => turn(1)}>
            <Arrow width={20} height={20} />
          </button>
        </div>
      </div>
      <ul className="tiles-flow" ref={flow}>
        {options.map((option) => (
          <li key={option.id}>
            <button
              type="button"
              className="tile"
              aria-pressed={picked === option.id}
              onClick={() => onPick(option.id)}
            >
              <span className="tile-picture">
                <img
                  src={withQuery(option.image_url, { width: 320 })}
                  alt=""
                  width="320"
                  height="320"
                  loading="lazy"
                  decoding="async"
                />
                <Picked />
              </span>
              <span className="tile-label">{option.label}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Picked() {
  return (
    <span className="picked">
      <Check width={20} height={20} strokeWidth={2.6} />
    </span>
  );
}

/** The name of a format; one that the pages do not know yet goes by its own id. */
export function formatName(id: string, t: ReturnType<typeof useWords>["t"]): string {
  if (id === "square" || id === "portrait" || id === "landscape") return t(`format.${id}`);
  return id;
}
