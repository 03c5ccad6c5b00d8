import { Button } from "@mantine/core";
import { useState } from "react";
import { kindWords, outcomeWords, sentence, stretches } from "../review/evidence";
import { IconFlag } from "../icons";
import type { Mistake, Tried, TriedFinding } from "./api";
import css from "./guard.module.css";
import { MarkDialog } from "./MarkDialog";
import { languageName, took } from "./shares";

/** What the guard said of one text or picture: the verdict, the findings in their places, rules, times. */
export function TriedView({ tried, text, picture }: { tried: Tried; text: string; picture?: string }) {
  const [marking, setMarking] = useState<Mistake | null>(null);
  const known = outcomeWords[tried.verdict];
  const stopped = tried.verdict === "hold" || tried.verdict === "deny";
  return (
    <>
      <section className={`st-panel ${css.said}`} aria-label="Verdict">
        <p className={css.verdict} data-outcome={tried.verdict}>
          <b>{known.label}</b>
          <span>{known.means}</span>
          <span className={css.time}>{took(tried.microseconds)}</span>
        </p>
        {picture && <img className={css.picture} src={picture} alt="The picture that was tried" />}
        {text && <Marked text={text} findings={tried.findings} />}
        {tried.suggestion && <p className={css.softer}><b>Softer words</b> <q dir="auto">{tried.suggestion}</q></p>}
        <p className={css.notes}>
          {tried.locale && <>{languageName(tried.locale)}{tried.guessed && ", guessed"}{!tried.covered && ", without a list of slurs"} · </>}
          guard <code title={[...tried.guard.detectors, ...tried.guard.packs].join("\n")}>{tried.guard.name}</code>
        </p>
        {text && (
          <div className={css.wrong}>
            <span className="st-soft">Is that wrong?</span>
            {stopped
              ? <Button size="compact-sm" variant="default" leftSection={<IconFlag size={14} />} onClick={() => setMarking("false_alarm")}>It is a false alarm</Button>
              : <Button size="compact-sm" variant="default" leftSection={<IconFlag size={14} />} onClick={() => setMarking("miss")}>It should be stopped</Button>}
          </div>
        )}
      </section>
      <section className={`st-panel ${css.part}`} aria-label="Findings">
        <h2>Findings</h2>
        {tried.findings.length === 0 ? <p className="st-soft">No detector saw anything.</p> : (
          <ul className={css.findings}>{[...tried.findings].sort((a, b) => a.start - b.start).map((f, i) => <Finding key={i} finding={f} text={text} />)}</ul>
        )}
      </section>
      <section className={`st-panel ${css.part}`} aria-label="Rules that fire">
        <h2>Rules that fire</h2>
        {tried.reasons.length === 0 ? <p className="st-soft">None: what no rule is against is allowed.</p> : (
          <ul className={css.rules}>
            {tried.reasons.map((r, i) => (
              <li key={i}>
                <i data-outcome={r.outcome} aria-hidden />
                <span><b>{r.outcome}</b> <code>{r.rule}</code>{r.kind && <> for {kindWords(r.kind).toLowerCase()}</>}<small>{r.because}</small></span>
              </li>
            ))}
          </ul>
        )}
        {tried.duties.length > 0 && <p className={css.duties}>To be done: {tried.duties.map((d, i) => <span key={i} title={d.rule}>{sentence(d.do).toLowerCase()}</span>)}</p>}
      </section>
      <section className={`st-panel ${css.part}`} aria-label="Detectors">
        <h2>Detectors</h2>
        <Times tried={tried} />
      </section>
      {marking && <MarkDialog text={text} locale={tried.locale} marked={marking} onClose={() => setMarking(null)} />}
    </>
  );
}

/** The text with the findings marked where they lie. */
function Marked({ text, findings }: { text: string; findings: TriedFinding[] }) {
  return (
    <p className={css.text} dir="auto">
      {stretches(text, findings).map((s, i) =>
        s.finding ? <mark key={i} data-kind={s.finding.kind} title={`${kindWords(s.finding.kind)}, ${s.finding.detector}`}>{s.text}</mark> : <span key={i}>{s.text}</span>,
      )}
    </p>
  );
}

function Finding({ finding, text }: { finding: TriedFinding; text: string }) {
  const place = text && finding.end > finding.start ? stretches(text, [finding]).find((s) => s.finding)?.text : "";
  return (
    <li>
      <div>
        <b>{kindWords(finding.kind)}</b>
        {place && <q dir="auto">{place.length > 80 ? `${place.slice(0, 80)}…` : place}</q>}
        <small><code>{finding.detector}</code>{finding.end > finding.start && ` · bytes ${finding.start}–${finding.end}`}{finding.evidence && ` · ${finding.evidence}`}</small>
      </div>
      <span className={css.score}><meter min={0} max={1} value={finding.score} aria-label="Certainty" />{finding.score.toFixed(2)}</span>
    </li>
  );
}

/** How long each detector took, as bars on one scale. */
function Times({ tried }: { tried: Tried }) {
  const most = Math.max(...tried.detectors.map((d) => d.microseconds), 1);
  const rest = Math.max(0, tried.microseconds - tried.detectors.reduce((sum, d) => sum + d.microseconds, 0));
  return (
    <table className={css.times}>
      <thead><tr><th>Detector</th><th data-align="end">Found</th><th data-align="end">Time</th><th aria-hidden /></tr></thead>
      <tbody>
        {tried.detectors.map((d) => (
          <tr key={d.detector}>
            <td><code>{d.detector}</code></td>
            <td data-align="end">{d.found}</td>
            <td data-align="end">{took(d.microseconds)}</td>
            <td aria-hidden><i style={{ width: `${(100 * d.microseconds) / most}%` }} /></td>
          </tr>
        ))}
        <tr><td className="st-soft">Folding and rules</td><td /><td data-align="end">{took(rest)}</td><td aria-hidden><i style={{ width: `${Math.min(100, (100 * rest) / most)}%` }} /></td></tr>
      </tbody>
    </table>
  );
}
