import { useId, useState, type FormEvent } from "react";
import { ask } from "../../shared/api";
import type { Campaign } from "../../shared/types";
import { useAct } from "../ask";
import { TermsButton } from "../parts/frame";
import { FieldError, sentenceOf } from "../parts/trouble";
import { useWords } from "../words";
import { solve, type Puzzle } from "./puzzle";

const BANDS = ["under13", "13-15", "16-17", "18+"] as const;
type Band = (typeof BANDS)[number];
const OLDEST = 120;

/** The market of this visitor: the server's guess, the browser's region, the campaign's default. */
export function guessMarket(campaign: Campaign, languages: readonly string[]): string {
  const codes = new Set(campaign.markets.map((market) => market.code));
  if (campaign.market_guess && codes.has(campaign.market_guess)) return campaign.market_guess;
  for (const language of languages) {
    const region = regionOf(language);
    if (region && codes.has(region)) return region;
  }
  return campaign.default_market;
}

/** The region of a language tag; of a bare language, where most of its speakers are. */
function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().region;
  } catch {
    return undefined;
  }
}

/** The few questions before the first picture: age, place, and each consent by itself. */
export function Arrival({
  campaign,
  button,
  onArrived,
}: {
  campaign: Campaign;
  button: string;
  onArrived: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const [year, setYear] = useState("");
  const [band, setBand] = useState<Band | "">("");
  const [byBand, setByBand] = useState(false);
  const [market, setMarket] = useState(() => guessMarket(campaign, navigator.languages));
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);

  const thisYear = new Date().getFullYear();
  const yearNumber = Number(toLatin(year));
  const yearFits = Number.isInteger(yearNumber) && yearNumber > thisYear - OLDEST && yearNumber <= thisYear;
  const ageMissing = byBand ? band === "" : !yearFits;
  const missing = campaign.consents.filter((consent) => consent.required && !given.has(consent.purpose));
  const place = campaign.markets.find((m) => m.code === market);

  const { run, busy, problem } = useAct(async () => {
    const altcha = campaign.proof_of_work
      ? await solve(await ask<Puzzle>(`/campaigns/${campaign.slug}/challenge`))
      : undefined;
    await ask(`/campaigns/${campaign.slug}/participants`, {
      method: "POST",
      body: {
        ...(byBand ? { age_band: band } : { birth_year: yearNumber }),
        locale: words.locale,
        market,
        consents: [...given],
        altcha,
      },
    });
    onArrived();
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    if (ageMissing || missing.length > 0) {
      const first = ageMissing ? `${id}-age` : `${id}-${missing[0]?.purpose ?? ""}`;
      document.getElementById(first)?.focus();
      return;
    }
    void run();
  };
  const toggle = (purpose: string, on: boolean) => {
    const next = new Set(given);
    if (on) next.add(purpose);
    else next.delete(purpose);
    setGiven(next);
  };

  return (
    <form className="form" onSubmit={submit} noValidate>
      <div className="field">
        <label htmlFor={`${id}-age`}>{t(byBand ? "arrival.band" : "arrival.year")}</label>
        {byBand ? (
          <select
            id={`${id}-age`}
            value={band}
            onChange={(event) => setBand(event.target.value as Band)}
            aria-invalid={asked && ageMissing}
            aria-describedby={`${id}-age-hint`}
          >
            <option value="" disabled>
              {t("arrival.choose")}
            </option>
            {BANDS.map((name) => (
              <option key={name} value={name}>
                {t(`arrival.band.${name}`)}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={`${id}-age`}
            name="bday-year"
            inputMode="numeric"
            autoComplete="bday-year"
            maxLength={4}
            placeholder={t("arrival.year.example")}
            className="arrival-year"
            value={year}
            onChange={(event) => setYear(event.target.value.replace(/[^\d\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, ""))}
            aria-invalid={asked && ageMissing}
            aria-describedby={`${id}-age-hint`}
          />
        )}
        <p className="field-hint" id={`${id}-age-hint`}>
          {t("arrival.age.why")}
        </p>
        {asked && ageMissing && <FieldError>{t(byBand ? "arrival.band.missing" : "arrival.year.missing")}</FieldError>}
        <button type="button" className="button-plain small" onClick={() => setByBand(!byBand)}>
          {t(byBand ? "arrival.by_year" : "arrival.by_band")}
        </button>
      </div>
      {campaign.markets.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-market`}>{t("arrival.market")}</label>
          <select id={`${id}-market`} value={market} onChange={(event) => setMarket(event.target.value)}>
            {campaign.markets.map((m) => (
              <option key={m.code} value={m.code}>
                {m.name}
              </option>
            ))}
          </select>
          {place && <p className="field-hint">{t("arrival.min_age", { age: place.min_age })}</p>}
        </div>
      )}
      <fieldset className="field">
        <legend className="hidden">{t("arrival.consents")}</legend>
        {campaign.consents.map((consent) => (
          <div className="tick" key={consent.purpose}>
            <input
              type="checkbox"
              id={`${id}-${consent.purpose}`}
              checked={given.has(consent.purpose)}
              onChange={(event) => toggle(consent.purpose, event.target.checked)}
              aria-invalid={asked && consent.required && !given.has(consent.purpose)}
            />
            <label htmlFor={`${id}-${consent.purpose}`}>
              {consent.text} {!consent.required && <span className="soft">{t("optional")}</span>}
            </label>
          </div>
        ))}
        {asked && missing.length > 0 && <FieldError>{t("arrival.consent.missing")}</FieldError>}
        <TermsButton terms={campaign.terms}>{t("arrival.read_terms")}</TermsButton>
      </fieldset>
      {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
      <button type="submit" className="button button-wide" disabled={busy}>
        {button}
      </button>
    </form>
  );
}

/** Turns Arabic-Indic, Persian and full-width digits into 0 to 9. */
export function toLatin(digits: string): string {
  return digits.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = code >= 0xff10 ? 0xff10 : code >= 0x06f0 ? 0x06f0 : 0x0660;
    return String(code - zero);
  });
}
