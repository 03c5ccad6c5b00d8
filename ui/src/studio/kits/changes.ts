/** Changes between two versions, put in order for reading. */
import type { Change } from "./api";

/** A change with the end of its path, which its group leaves to say. */
export interface ShortChange extends Change {
  short: string;
}

export interface ChangeGroup {
  title: string;
  /** Set where the thing itself came or went, and not only some of its values. */
  whole?: "added" | "removed";
  changes: ShortChange[];
}

const names: Record<string, string> = { tokens: "Design tokens", legal: "Legal lines", photo: "Pictures", voice: "Voice" };
const sentence = (word: string) => names[word] ?? word.charAt(0).toUpperCase() + word.slice(1);

/** Gathers changes by the thing that they are about, in the order given. */
export function grouped(changes: Change[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const c of changes) {
    const [, part = c.path, id, rest = ""] = /^([^.[]+)(?:\[([^\]]*)\])?\.?(.*)$/.exec(c.path) ?? [];
    const file = part === "files";
    const title = id !== undefined && !file ? `${sentence(part)}: ${id}` : sentence(part);
    const group = groups.get(title) ?? { title, changes: [] };
    groups.set(title, group);
    group.changes.push({ ...c, short: (file ? id : rest) || "the whole" });
  }
  for (const group of groups.values()) {
    const id = group.changes.find((c) => c.short === "id");
    if (id && id.kind !== "changed") group.whole = id.kind;
  }
  return [...groups.values()];
}

/** A value of kit.json as people read it: texts without quotes, lists of texts with commas. */
export function valueWords(json: string): string {
  if (!/^["[]/.test(json)) return json;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return json; // the beginning of a file's SHA-256, or a value that was cut
  }
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((v) => typeof v === "string") ? value.join(", ") : json;
}
