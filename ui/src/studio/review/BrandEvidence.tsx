import type { BrandFinding, Proof } from "../../shared/staff";
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "../icons";
import { limitWords, sentence } from "./evidence";
import css from "./brandEvidence.module.css";

/** Where a work is against the brand's rules: what is wrong, why there is the rule, what was measured and what is allowed. */
export function BrandFindings({ findings }: { findings: BrandFinding[] }) {
  if (findings.length === 0) return <p className={css.fine}><IconCircleCheck size={17} stroke={1.8} /> It keeps every rule of the brand.</p>;
  return (
    <ul className={css.findings}>
      {findings.map((f, i) => {
        const limits = limitWords(f);
        return (
          <li key={i} data-severity={f.severity}>
            {f.severity === "error" ? <IconAlertTriangle size={16} stroke={1.8} aria-label="Error" /> : <IconInfoCircle size={16} stroke={1.8} aria-label="Warning" />}
            <div>
              <p>{f.message || sentence(f.rule)}</p>
              {f.reason && <p className={css.why}>{f.reason}</p>}
              {limits && (
                <dl>
                  {limits.measured && <div><dt>Measured</dt><dd>{limits.measured}</dd></div>}
                  {limits.allowed && <div><dt>Allowed</dt><dd>{limits.allowed}</dd></div>}
                </dl>
              )}
              <small>{f.layer ? <>layer <code>{f.layer}</code>, </> : null}rule <code>{f.by || f.rule}</code></small>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const figures = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** What the rendered picture's own pixels say of each mark. */
export function PixelProof({ proof }: { proof: Proof | null | undefined }) {
  if (!proof) return <p className="st-soft">There is none yet: it is made when the final picture is drawn.</p>;
  const marks = proof.marks ?? [];
  return (
    <>
      <p className={proof.exact ? css.fine : css.failed}>{proof.exact ? <IconCircleCheck size={17} stroke={1.8} /> : <IconAlertTriangle size={17} stroke={1.8} />} {proof.message}</p>
      {marks.length > 0 && (
        <table className={css.proof}>
          <caption>Colour difference (ΔE 2000) at {proof.width} × {proof.height}; at most 1 may remain</caption>
          <thead><tr><th>Mark</th><th>Pixels</th><th>Mean</th><th>99 %</th><th>Most</th></tr></thead>
          <tbody>
            {marks.map((m) => (
              <tr key={m.layer} data-exact={m.exact}>
                <th scope="row">{m.mark} <small>{m.variant}</small></th>
                <td>{figures.format(m.pixels)}</td>
                <td>{figures.format(m.mean)}</td>
                <td>{figures.format(m.p99)}</td>
                <td>{figures.format(m.max)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
