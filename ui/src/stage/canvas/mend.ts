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

/**
 * A layer that was just put in, where and as the server finds it lawful: nobody
 * chose its place or its colour, so there is nothing to ask. What was written or
 * turned meanwhile stays. Null if nothing is to be done.
 */
export function welcomed(doc: Composition, id: string | null, findings: Finding[]): Composition | null {
  const fix = findings.find((f) => f.layer === id && f.severity === "error" && remedyOf(f) === "change")?.fix;
  if (!fix || !doc.layers.some((layer) => layer.id === id)) return null;
  const { x, y, width, color, variant } = fix;
  return {
    ...doc,
    layers: doc.layers.map((layer) =>
      layer.id === id ? { ...layer, x, y, width, ...(color && { color }), ...(variant && { variant }) } : layer,
    ),
  };
}

/** All findings put right at once; the server makes fixes that go together. */
export function mendedAll(doc: Composition, findings: Finding[]): Composition {
  return findings.reduce(mended, doc);
}
