/** What the policies' pages and the server say to each other. */
import { ask } from "../../shared/api";
import type { Outcome } from "../../shared/staff";

export type Layer = "platform" | "company" | "brand" | "campaign" | "market";

export interface Source {
  name: string;
  url?: string;
  date: string;
  since?: string;
}

export interface Rule {
  id: string;
  stages?: string[];
  kinds?: string[];
  when?: string;
  then?: Outcome;
  duties?: { do: string; with?: Record<string, string> }[];
  because: string;
  source?: Source;
}

/** A pack in force. */
export interface Pack {
  id: string;
  version: string;
  layer: Layer;
  title: string;
  about: string;
  for: string[] | null;
  markets: string[] | null;
  source: Source | null;
  sufficient: string[] | null;
  rules: Rule[] | null;
  cases: number;
  builtin: boolean;
  version_id: string;
}

export type PackState = "proposed" | "active" | "replaced" | "withdrawn";

/** A version that staff brought in. */
export interface PackVersion {
  id: string;
  pack: string;
  version: string;
  layer: Layer;
  state: PackState;
  proposed_by: string;
  proposed_at: string;
  decided_by: string;
  decided_at: string;
  mine: boolean;
}

/** What a version would have done to past decisions. */
export interface Shift {
  seen: number;
  then: Partial<Record<Outcome, number>>;
  now: Partial<Record<Outcome, number>>;
  stricter: number;
  milder: number;
  rules: Record<string, number>;
}

export const fetchPolicies = (signal?: AbortSignal) => ask<{ packs: Pack[]; versions: PackVersion[] }>("/studio/policies", { signal });
export const proposePack = (pack: unknown) => ask<PackVersion>("/studio/policies", { method: "POST", body: pack });

const path = (id: string, what: string) => `/studio/policies/${encodeURIComponent(id)}/${what}`;

export const confirmPack = (id: string) => ask<PackVersion>(path(id, "confirm"), { method: "POST" });
export const withdrawPack = (id: string) => ask<PackVersion>(path(id, "withdraw"), { method: "POST" });
export const dryRun = (id: string, signal?: AbortSignal) => ask<Shift>(path(id, "dry-run"), { signal, timeout: 90_000 });
