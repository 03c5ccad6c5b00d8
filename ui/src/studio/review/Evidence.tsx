import { IconDownload, IconExternalLink } from "../icons";
import type { ReactNode } from "react";
import type { GuardFinding, ItemKind, ReviewItem, Verdict } from "../../shared/staff";
import { whenWords } from "../data/words";
import { Link } from "../navigation/navigate";
import { BrandFindings, PixelProof } from "./BrandEvidence";
import { kindWords, outcomeWords, placed, stretches } from "./evidence";
import css from "./evidence.module.css";

/** Why the machine said what it said, what the brand's rules say of a work handed in, and who it comes from. */
export function Evidence({ item }: { item: ReviewItem }) {
  return (
    <aside className={css.evidence} aria-label="Evidence">
      <VerdictPart item={item} />
      {item.kind === "entry" && (
        <>
          <Part title="Brand rules"><BrandFindings findings={item.findings ?? []} /></Part>
          <Part title="Proof by pixels"><PixelProof proof={item.proof} /></Part>
        </>
      )}
      <Part title="Facts">
        <dl className={css.facts}>
          <div><dt>{item.kind === "report" ? "Reported by" : "Made by"}</dt><dd className="st-mono">{item.who || "erased"}</dd></div>
          <div><dt>Campaign</dt><dd><Link to={{ page: "campaign", slug: item.campaign }}>{item.campaign}</Link></dd></div>
          <div><dt>{cameWords[item.kind]}</dt><dd>{whenWords(item.created_at)}</dd></div>
          <div><dt>Item</dt><dd className="st-mono" title={item.id}>{item.id.slice(-12)}</dd></div>
        </dl>
        <Links item={item} />
      </Part>
    </aside>
  );
}

const checkWords: Record<ItemKind, string> = { entry: "Automatic checks", report: "Automatic checks of the report’s words", generation: "Automatic checks" };
const cameWords: Record<ItemKind, string> = { entry: "Handed in", report: "Reported", generation: "Asked for" };

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function VerdictPart({ item }: { item: ReviewItem }) {
  const verdict = item.verdict;
  const known = verdict && outcomeWords[verdict.outcome];
  if (!verdict || !known) {
    return (
      <Part title={checkWords[item.kind]}>
        <p className={css.verdict} data-outcome="hold"><b>No verdict</b><span>Nothing was recorded for this item. Look with care.</span></p>
      </Part>
    );
  }
  return (
    <Part title={checkWords[item.kind]}>
      <p className={css.verdict} data-outcome={verdict.outcome}><b>{known.label}</b><span>{known.means}</span></p>
      <Reasons verdict={verdict} />
      <Findings findings={verdict.findings ?? []} item={item} />
    </Part>
  );
}

function Reasons({ verdict }: { verdict: Verdict }) {
  const reasons = verdict.reasons ?? [];
  if (reasons.length === 0) return null;
  return (
    <ul className={css.reasons}>
      {reasons.map((r, i) => (
        <li key={i}>
          <i data-outcome={r.outcome} />
          <span><b>{kindWords(r.kind)}</b> <small>asks to {r.outcome}, by the rule <code>{r.rule}</code></small></span>
        </li>
      ))}
    </ul>
  );
}

function Findings({ findings, item }: { findings: GuardFinding[]; item: ReviewItem }) {
  if (findings.length === 0) return null;
  const inPrompt = placed(item.words, item.verdict).length > 0;
  return (
    <table className={css.findings}>
      <caption>What the detectors saw</caption>
      <tbody>
        {findings.map((f, i) => (
          <tr key={i}>
            <td>
              {kindWords(f.kind)}
              {inPrompt && <q dir="auto">{stretches(item.words?.prompt ?? "", [f]).find((s) => s.finding)?.text}</q>}
              <small className="st-mono">{f.detector}</small>
            </td>
            <td>
              {f.kind !== "detector_failed" && (
                <>
                  <meter min={0} max={1} value={f.score} aria-label="Certainty" />
                  <span>{Math.round(f.score * 100)} %</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Links({ item }: { item: ReviewItem }) {
  const link = (href: string, text: string, icon: ReactNode) => <a href={href} target="_blank" rel="noopener">{icon} {text}</a>;
  return (
    <p className={css.links}>
      {item.kind === "entry" && item.state === "published" && link(`/c/${item.campaign}/w/${item.subject_id}`, "Public page", <IconExternalLink size={14} />)}
      {item.creation_id && item.image_url && link(`/api/v1/creations/${item.creation_id}/image?format=png&download=1`, "Picture as PNG", <IconDownload size={14} />)}
      {link(`/c/${item.campaign}`, "Campaign page", <IconExternalLink size={14} />)}
    </p>
  );
}
