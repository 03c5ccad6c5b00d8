/**
 * Reads and changes a campaign file in place. The form never builds a file
 * from its fields: it changes the one it was given, value by value, so that
 * what it does not know is kept.
 */
import type { Json, JsonObject } from "../../shared/staff";

/** Where a value is: names of fields and places in lists. */
export type Path = (string | number)[];

/** Tells whether a value is an object with named fields. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Gives the value at a path, undefined if there is none. */
export function valueAt(file: Json | undefined, path: Path): Json | undefined {
  let at: Json | undefined = file;
  for (const step of path) {
    if (Array.isArray(at)) at = typeof step === "number" ? at[step] : undefined;
    else if (isObject(at) && typeof step === "string") at = Object.hasOwn(at, step) ? at[step] : undefined;
    else return undefined;
  }
  return at;
}

/** Gives a text at a path, "" if there is none. */
export function textAt(file: Json | undefined, path: Path): string {
  const value = valueAt(file, path);
  return typeof value === "string" ? value : "";
}

/** Gives a list at a path, empty if there is none. */
export function listAt(file: Json | undefined, path: Path): Json[] {
  const value = valueAt(file, path);
  return Array.isArray(value) ? value : [];
}

/** Gives the texts in a list at a path. */
export function textsAt(file: Json | undefined, path: Path): string[] {
  return listAt(file, path).filter((v): v is string => typeof v === "string");
}

/** Gives a copy with another value at a path; undefined takes the value away. Missing objects are made. */
export function withValue(file: JsonObject, path: Path, value: Json | undefined): JsonObject {
  return changed(file, path, value) as JsonObject;
}

function changed(at: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(at) ? [...at] : [];
    const next = changed(list[step], rest, value);
    if (next === undefined) list.splice(step, 1);
    else list[Math.min(step, list.length)] = next;
    return list;
  }
  const object: JsonObject = isObject(at) ? { ...at } : {};
  const next = changed(object[step], rest, value);
  if (next === undefined) delete object[step];
  // A field called __proto__ of somebody's file stays a plain field.
  else Object.defineProperty(object, step, { value: next, enumerable: true, configurable: true, writable: true });
  return object;
}

/** Gives a copy with a list's item moved by one place. */
export function moved(file: JsonObject, path: Path, index: number, by: 1 | -1): JsonObject {
  const list = [...listAt(file, path)];
  const [item, other] = [list[index], list[index + by]];
  if (item === undefined || other === undefined) return file;
  list[index] = other;
  list[index + by] = item;
  return withValue(file, path, list);
}

/** Writes a path as the server does: "markets[2].min_age". */
export function pathText(path: Path): string {
  return path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

/** Tells whether two values hold the same, whatever the order of their fields. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  return changes(a, b, 1).length === 0;
}

/** Lists up to `most` places where two files differ, as paths. */
export function changes(a: Json | undefined, b: Json | undefined, most = 50, path: Path = []): string[] {
  if (a === b) return [];
  const out: string[] = [];
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.max(a.length, b.length) && out.length < most; i++) out.push(...changes(a[i], b[i], most - out.length, [...path, i]));
    return out;
  }
  if (isObject(a) && isObject(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (out.length >= most) break;
      out.push(...changes(valueAt(a, [name]), valueAt(b, [name]), most - out.length, [...path, name]));
    }
    return out;
  }
  return [pathText(path) || "the whole file"];
}
