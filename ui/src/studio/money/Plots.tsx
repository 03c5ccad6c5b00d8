import { useId, useState } from "react";
import css from "./money.module.css";
import { amountWords, roundUp, scaleWords, type Group, type Measure } from "./sums";

const HEIGHT = 170;
const dayNames = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const named = (day: string) => dayNames.format(new Date(`${day}T00:00:00Z`));

/** One bar a day, with a scale; the day under the pointer is told above. */
export function Days({ label, days, measure, currency }: { label: string; days: { day: string; value: number }[]; measure: Measure; currency: string }) {
  const [at, setAt] = useState<number | null>(null);
  const title = useId();
  const top = roundUp(Math.max(...days.map((d) => d.value), 0));
  const shown = at === null ? undefined : days[at];
  const marks = [...new Set([0, Math.floor((days.length - 1) / 2), days.length - 1])];
  return (
    <section className={`st-panel ${css.plot}`} aria-labelledby={title}>
      <header>
        <h2 id={title}>{label}</h2>
        <span className="st-soft" role="status">{shown ? `${named(shown.day)}: ${amountWords(shown.value, measure, currency)}` : `${days.length} ${days.length === 1 ? "day" : "days"}`}</span>
      </header>
      <div className={css.days} style={{ height: HEIGHT }} onMouseLeave={() => setAt(null)}>
        <div className={css.lines} aria-hidden>
          {[1, 0.5, 0].map((share) => <span key={share} style={{ bottom: `${100 * share}%` }}>{scaleWords(top * share, measure, currency)}</span>)}
        </div>
        <ol style={{ "--n": days.length } as React.CSSProperties}>
          {days.map((d, i) => (
            <li key={d.day} onMouseEnter={() => setAt(i)} data-at={i === at || undefined}>
              <i aria-hidden style={{ height: `${(100 * d.value) / top}%` }} />
              <span className="st-unseen">{named(d.day)}: {amountWords(d.value, measure, currency)}</span>
            </li>
          ))}
        </ol>
      </div>
      <p className={css.marks} aria-hidden>{marks.map((i) => <span key={i}>{days[i] && named(days[i].day)}</span>)}</p>
    </section>
  );
}

/** Sums as bars on one scale, most first. */
export function Bars({ label, groups, words }: { label: string; groups: Group[]; words: (value: number) => string }) {
  const most = Math.max(...groups.map((g) => g.value), 1);
  return (
    <section className={`st-panel ${css.plot}`} aria-label={label}>
      <header><h2>{label}</h2></header>
      <ul className={css.bars}>
        {groups.map((g) => (
          <li key={g.name}>
            <span title={g.name}>{g.name}</span><b>{words(g.value)}</b>
            <i aria-hidden><i style={{ width: `${(100 * g.value) / most}%` }} /></i>
          </li>
        ))}
      </ul>
    </section>
  );
}
