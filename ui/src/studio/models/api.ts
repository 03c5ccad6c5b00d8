/** What the models' page and the server say to each other. */
import { ask } from "../../shared/api";

export type Capability = "picture" | "edit" | "text" | "moderation";
export type ModelState = "proposed" | "approved" | "retired";
export type SentData = "prompts" | "pictures" | "photos" | "dialogue";

/** Prices in millionths of the currency. */
export interface Price {
  provider: string;
  model: string;
  call?: number;
  picture?: number;
  input?: number;
  output?: number;
  source: string;
  date: string;
}

/** What is known of one version of a model. */
export interface Model {
  id: string;
  provider: string;
  name: string;
  version: string;
  licence: string;
  terms: string;
  region: string;
  price?: Price;
  limits: string;
  risks: string;
  data: SentData[] | null;
  state: ModelState;
  added_by: string;
  added_at: string;
  approved_by: string;
  approved_at: string;
  retired_at: string;
}

/** A provider that is tried on a share of another's requests. */
export interface Canary {
  capability: Capability;
  incumbent: string;
  provider: string;
  percent: number;
  calls: number;
  margin: number;
  returned: boolean;
  incumbent_calls: number;
  incumbent_failed: number;
  canary_calls: number;
  canary_failed: number;
  started_at: string;
}

/** How a provider is, as the answering process sees it. */
export interface Health {
  provider: string;
  capability: Capability;
  state: "well" | "resting" | "trying";
  until?: string;
  calls: number;
  failures: number;
}

export interface Register {
  models: Model[];
  canaries: Canary[];
  keys: { provider: string; changed_at: string }[];
  health: Health[];
}

export async function fetchModels(signal?: AbortSignal): Promise<Register> {
  const found = await ask<{ [K in keyof Register]: Register[K] | null }>("/studio/models", { signal });
  return { models: found.models ?? [], canaries: found.canaries ?? [], keys: found.keys ?? [], health: found.health ?? [] };
}

export type NewModel = Pick<Model, "provider" | "name" | "version" | "licence" | "terms" | "region" | "limits" | "risks"> & { data: SentData[] };

const segment = encodeURIComponent;

export const addModel = (model: NewModel) => ask<Model>("/studio/models", { method: "POST", body: model });
export const approveModel = (id: string) => ask<Model>(`/studio/models/${segment(id)}/approval`, { method: "POST" });
export const retireModel = (id: string) => ask<Model>(`/studio/models/${segment(id)}/approval`, { method: "DELETE" });
export const setCanary = (c: Pick<Canary, "capability" | "incumbent" | "provider" | "percent" | "calls" | "margin">) =>
  ask<void>(`/studio/canaries/${c.capability}/${segment(c.incumbent)}`, { method: "PUT", body: { provider: c.provider, percent: c.percent, calls: c.calls, margin: c.margin } });
export const endCanary = (c: Pick<Canary, "capability" | "incumbent">) => ask<void>(`/studio/canaries/${c.capability}/${segment(c.incumbent)}`, { method: "DELETE" });
export const setKey = (provider: string, key: string) => ask<void>(`/studio/providers/${segment(provider)}/key`, { method: "PUT", body: { key } });
export const removeKey = (provider: string) => ask<void>(`/studio/providers/${segment(provider)}/key`, { method: "DELETE" });
