/** What the costs' page and the server say to each other. Money is in millionths of the currency. */
import { ask } from "../../shared/api";

export type ScopeKind = "house" | "campaign" | "team" | "market" | "person";
export type Period = "whole" | "day";

export interface Scope {
  kind: ScopeKind;
  name: string;
}

/** An amount; in a limit -1 is no bound. */
export interface Amount {
  money: number;
  pictures: number;
  tokens: number;
  calls: number;
}

/** What calls of one kind cost in a day. */
export interface Cost extends Amount {
  day: string;
  campaign: string;
  capability: string;
  provider: string;
  model: string;
  outcome: string;
}

export interface Limit {
  scope: Scope;
  period: Period;
  most: Amount;
}

/** What is used of a limit in its current period; share is in percent. */
export interface Account {
  id: string;
  limit: Limit;
  from: string;
  reserved: Amount;
  spent: Amount;
  told: number;
  share: number;
}

export interface Alert {
  id: number;
  account: string;
  scope: Scope;
  period: Period;
  from: string;
  percent: number;
  at: string;
}

export interface CostFilter {
  campaign: string;
  from: string;
  until: string;
}

export function costsQuery(filter: CostFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

export async function fetchCosts(filter: CostFilter, signal?: AbortSignal): Promise<{ currency: string; costs: Cost[] }> {
  const answer = await ask<{ currency: string; costs: Cost[] | null }>(`/studio/costs${costsQuery(filter)}`, { signal });
  return { ...answer, costs: answer.costs ?? [] };
}

export interface BudgetsAnswer {
  currency: string;
  limits: Limit[];
  accounts: Account[];
  alerts: Alert[];
}

export async function fetchBudgets(signal?: AbortSignal): Promise<BudgetsAnswer> {
  const answer = await ask<{ currency: string } & Partial<{ [K in "limits" | "accounts" | "alerts"]: BudgetsAnswer[K] | null }>>("/studio/budgets", { signal });
  return { currency: answer.currency, limits: answer.limits ?? [], accounts: answer.accounts ?? [], alerts: answer.alerts ?? [] };
}

const path = (scope: Scope, period: Period) => `/studio/budgets/${scope.kind}/${period}${scope.name ? `?name=${encodeURIComponent(scope.name)}` : ""}`;

export const setLimit = (limit: Limit) => ask<void>(path(limit.scope, limit.period), { method: "PUT", body: limit.most });
export const removeLimit = (limit: Limit) => ask<void>(path(limit.scope, limit.period), { method: "DELETE" });
