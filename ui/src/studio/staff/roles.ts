import type { Role } from "../../shared/staff";

/** The roles as a choice, from least to most. */
export const roleChoices: { value: Role; label: string }[] = [
  { value: "reviewer", label: "Reviewer: decides what becomes public" },
  { value: "producer", label: "Producer: reviews, and runs campaigns and kits" },
  { value: "admin", label: "Admin: all of that, and staff and keys" },
];

/** A zero time of the server means that it has not happened. */
export const happened = (time: string | undefined) => !!time && !time.startsWith("0001-");
