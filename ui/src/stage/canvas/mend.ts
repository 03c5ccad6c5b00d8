import type { Composition, Finding } from "../../shared/types";

/** What putting a finding right does: a layer is changed, one is added, or one goes. */
export type Remedy = "change" | "add" | "remove";

export function remedyOf(finding: Finding): Remedy | null {
  const step = finding.patch?.find((one) => one.op !== "test");
  if (step?.op === "remove") return "remove";
  if (!finding.fix) return null;
  return finding.index < 0 ? "add" : "change";
}

/**
 * The composition with a finding put right. Layers are found by their ids, for the
 * composition may have changed since it was checked; what is gone stays gone.
 */
export function mended(doc: Composition, finding: Finding): Composition {
  const { fix } = finding;
  switch (remedyOf(finding)) {
    case "change":
      return { ...doc, layers: doc.layers.map((layer) => (layer.id === finding.layer && fix ? fix : layer)) };
    case "add":
      return fix && !doc.layers.some((layer) => layer.id === fix.id) ? { ...doc, layers: [...doc.layers, fix] } : doc;
    case "remove":
      return { ...doc, layers: doc.layers.filter((layer) => layer.id !== finding.layer) };
    case null:
      return doc;
  }
}

/** All findings put right at once; the server makes fixes that go together. */
export function mendedAll(doc: Composition, findings: Finding[]): Composition {
  return findings.reduce(mended, doc);
}
