import type { RefObject } from "react";
import type { Composition, Finding, Layer } from "../../shared/types";
import { Warning } from "../icons";
import { useWords } from "../words";
import { remedyOf } from "./mend";

/**
 * What the rules say of the picture as it is: each thing with its place, its why, and
 * what puts it right. Errors come first; warnings are advice.
 */
export function Findings({
  doc,
  findings,
  nameOf,
  heading,
  onSelect,
  onMend,
}: {
  doc: Composition;
  findings: Finding[];
  nameOf: (layer: Layer) => string;
  heading: RefObject<HTMLHeadingElement | null>;
  onSelect: (id: string) => void;
  onMend: (finding: Finding) => void;
}) {
  const { t } = useWords();
  if (findings.length === 0) return null;
  return (
    <section className="tool" aria-labelledby="findings">
      <h2 className="tool-title" id="findings" ref={heading} tabIndex={-1}>
        {t(findings[0]!.severity === "error" ? "canvas.findings" : "canvas.advice")}
      </h2>
      <ol className="findings">
        {findings.map((finding, i) => {
          const layer = doc.layers.find((l) => l.id === finding.layer);
          const remedy = remedyOf(finding);
          return (
            <li key={`${finding.layer}/${finding.rule}/${i}`} className={`finding paper finding-${finding.severity}`}>
              <span className="finding-number" aria-hidden="true">
                {finding.severity === "error" ? i + 1 : <Warning width={18} height={18} />}
              </span>
              <div className="finding-words">
                <p>{finding.message}</p>
                {finding.reason && <p className="soft small">{finding.reason}</p>}
                <div className="finding-row">
                  {remedy && (
                    <button type="button" className="button-plain" onClick={() => onMend(finding)}>
                      {t(`canvas.fix.${remedy}`)}
                    </button>
                  )}
                  {layer && layer.kind !== "picture" && (
                    <button type="button" className="button-plain soft" onClick={() => onSelect(layer.id)}>
                      {t("canvas.show", { layer: nameOf(layer) })}
                    </button>
                  )}
                </div>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Errors before warnings, in the order of the layers. */
export function inOrder(findings: Finding[]): Finding[] {
  const weight = (finding: Finding) => (finding.severity === "error" ? 0 : 1);
  return [...findings].sort((a, b) => weight(a) - weight(b) || a.index - b.index);
}
