/** Turns times of the file into what a date field shows, and back. */

const two = (n: number) => String(n).padStart(2, "0");

/** An RFC 3339 time as a local date and time for a field, "" if it can't be read. */
export function toField(time: string): string {
  const date = new Date(time);
  if (time === "" || Number.isNaN(date.getTime())) return "";
  const year = String(date.getFullYear()).padStart(4, "0");
  return `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A field's local date and time as RFC 3339 in UTC, "" if it is empty or half-written. */
export function fromField(value: string): string {
  const date = new Date(value);
  return !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) || Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(".000Z", "Z");
}

/** The browser's time zone by name. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
