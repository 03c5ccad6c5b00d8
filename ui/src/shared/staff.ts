/** What the Studio and the server say to each other: the staff's part of the API. */
import { ask } from "./api";

/** A role; each includes the ones before it. */
export type Role = "reviewer" | "producer" | "admin";

const ranks: Record<Role, number> = { reviewer: 1, producer: 2, admin: 3 };

/** Tells whether a role may do what another may. */
export function covers(role: Role, other: Role): boolean {
  return (ranks[role] ?? 0) >= ranks[other];
}

/** The member of staff who is signed in. */
export interface Me {
  id: string;
  name: string;
  role: Role;
}

/** A member of staff; `ended_at` is there once access has ended. */
export interface Person extends Me {
  created_at: string;
  ended_at?: string;
}

/** An API key, without its secret. */
export interface Key {
  id: string;
  name: string;
  role: Role;
  created_at: string;
  revoked_at?: string;
}

/** What an item of the review is about. */
export type ItemKind = "entry" | "report" | "generation";

/** How far an item is. */
export type ItemState = "waiting" | "published" | "approved" | "rejected" | "taken_down" | "withdrawn";

/** What a person says of an item. */
export type Decision = "approve" | "reject" | "takedown";

/** What a verdict asks for, from mildest to strictest. */
export type Outcome = "allow" | "rewrite" | "hold" | "deny";

/** What a detector saw; start and end are byte offsets in the text, score is 0 to 1. */
export interface GuardFinding {
  detector: string;
  kind: string;
  start: number;
  end: number;
  score: number;
}

/** A rule that fired. */
export interface VerdictReason {
  rule: string;
  kind: string;
  outcome: Outcome;
}

/** What the machine decided, with why. */
export interface Verdict {
  outcome: Outcome;
  reasons?: VerdictReason[] | null;
  findings?: GuardFinding[] | null;
}

/** Where a composition goes against the brand's rules. */
export interface BrandFinding {
  layer: string;
  rule: string;
  severity: "error" | "warning";
  message: string;
  /** Why the brand has this rule; may be empty. */
  reason?: string;
  /** The id of the kit's own rule; empty for one that every kit has. */
  by?: string;
  measured?: unknown;
  allowed?: unknown;
}

/** What a picture's own pixels say of a mark; mean, p99 and max are ΔE2000. */
export interface MarkProof {
  layer: string;
  mark: string;
  variant: string;
  exact: boolean;
  pixels: number;
  mean: number;
  p99: number;
  max: number;
}

/** The proof that a picture's marks are as the brand drew them. */
export interface Proof {
  exact: boolean;
  message: string;
  width: number;
  height: number;
  marks?: MarkProof[] | null;
}

/** The texts of an item, by what they are; a report has a reason by name and a text of the one who reported. */
export type Words = Partial<Record<"prompt" | "title" | "display_name" | "canvas_text" | "reason" | "text", string>>;

/** A thing that waits for, or had, a person's decision. */
export interface ReviewItem {
  id: string;
  kind: ItemKind;
  subject_id: string;
  creation_id?: string;
  campaign: string;
  state: ItemState;
  who: string;
  words?: Words | null;
  verdict?: Verdict | null;
  image_url?: string;
  findings?: BrandFinding[] | null;
  /** Null before it was proven. */
  proof?: Proof | null;
  created_at: string;
  decided_at?: string;
  reason?: string;
}

/** How many items there are, by state. */
export type Counts = Partial<Record<ItemState, number>>;

/** One page of the review. */
export interface ItemPage {
  items: ReviewItem[];
  next: string;
  counts: Counts;
}

/** Which items to list; empty parts do not restrict. */
export interface ItemFilter {
  state?: ItemState;
  kind?: ItemKind | "";
  campaign?: string;
  after?: string;
  limit?: number;
}

/** Whether a campaign takes part in the world. */
export type CampaignState = "draft" | "open" | "closed";

/** A campaign in a list. */
export interface CampaignRow {
  slug: string;
  name: string;
  state: CampaignState;
  opens: string;
  closes: string;
  kit: string;
  kit_version: string;
  revision: number;
}

/** A value of a JSON document. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** An object of a JSON document; a campaign file is one. */
export interface JsonObject {
  [name: string]: Json;
}

/** A campaign as it is stored; budget counts pictures of a paid provider. */
export interface CampaignRecord {
  file: JsonObject;
  state: CampaignState;
  revision: number;
  budget?: { limit: number; reserved: number; spent: number };
}

/** Something in a campaign file that does not hold, and where. */
export interface CheckProblem {
  path: string;
  code: string;
  message: string;
}

/** A version of a brand kit. */
export interface Kit {
  id: string;
  version: string;
  name: string;
  marks: { id: string; name: string; image_url: string }[];
  colors: { name: string; value: string }[];
  hash: string;
}

/** What one network address did in a day; the address is a keyed hash. */
export interface CappedAddress {
  day: string;
  address: string;
  votes: number;
  refused: number;
  last_at: string;
}

/** A decision as the ledger keeps it. */
export interface LedgerRow {
  seq: number;
  id: string;
  /** Its place in the ledger's tree, from 0; not there while it waits to be put in. */
  index?: number;
  at: string;
  action: string;
  role: string;
  subject_kind: string;
  subject_id: string;
  campaign: string;
  public?: Record<string, string> | null;
  commitment?: string;
}

/** The signed head of the ledger's tree. */
export interface LedgerHead {
  origin: string;
  size: number;
  /** Base64 of the root hash. */
  root: string;
  checkpoint: string;
  verifier: string;
  witnesses: { name: string; size: number; at: string; checkpoint: string }[];
}

/** What shows that a row is in the ledger's tree: the hashes are those beside the way to the root, the lowest first. */
export interface LedgerProof {
  index: number;
  leaf: string;
  hash: string;
  hashes: string[];
  /** All of it as a file, in the form of C2SP tlog-proof. */
  proof: string;
  head: LedgerHead;
}

/** Whether pictures can be signed; the others say why nothing new is made or published. */
export type SigningState = "ready" | "key_away" | "certificate_ended";

/** A link that works once, until `expires_at`. */
export interface InviteLink {
  link: string;
  expires_at: string;
}

/** A list of the API may come as null when it is empty. */
const list = <T>(items: T[] | null | undefined): T[] => items ?? [];

const segment = encodeURIComponent;

function query(values: object): string {
  const given = Object.entries(values).filter(([, v]) => v !== undefined && v !== "");
  return given.length ? "?" + new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString() : "";
}

/** Exchanges the secret of a one-time link for a session. */
export function signIn(secret: string, name: string): Promise<{ name: string; role: Role }> {
  return ask("/staff/session", { method: "POST", body: { secret, name } });
}

/** Ends the session of this browser. */
export function signOut(): Promise<void> {
  return ask("/staff/session", { method: "DELETE" });
}

/** Tells who is signed in; a Problem with status 401 if nobody is. */
export function fetchMe(signal?: AbortSignal): Promise<Me> {
  return ask("/staff/me", { signal });
}

/** Whether pictures can be signed now. */
export async function fetchSigning(signal?: AbortSignal): Promise<SigningState> {
  return (await ask<{ state: SigningState }>("/studio/signing", { signal })).state;
}

/** Everybody of the staff, also those whose access has ended. */
export async function fetchPeople(signal?: AbortSignal): Promise<Person[]> {
  return list((await ask<{ people: Person[] | null }>("/staff", { signal })).people);
}

/** Makes a single-use link for a new member of staff. */
export function invite(role: Role): Promise<InviteLink> {
  return ask("/staff/invites", { method: "POST", body: { role } });
}

/** Ends a person's access, in all browsers at once. */
export function endAccess(id: string): Promise<void> {
  return ask(`/staff/${segment(id)}`, { method: "DELETE" });
}

/** The API keys, also those that were revoked. */
export async function fetchKeys(signal?: AbortSignal): Promise<Key[]> {
  return list((await ask<{ keys: Key[] | null }>("/staff/keys", { signal })).keys);
}

/** Makes an API key; its secret is given here and never again. */
export function createKey(name: string, role: Role): Promise<{ id: string; secret: string }> {
  return ask("/staff/keys", { method: "POST", body: { name, role } });
}

/** Makes an API key useless from now on. */
export function revokeKey(id: string): Promise<void> {
  return ask(`/staff/keys/${segment(id)}`, { method: "DELETE" });
}

/** One page of review items: oldest first when waiting, newest first otherwise. */
export async function fetchItems(filter: ItemFilter, signal?: AbortSignal): Promise<ItemPage> {
  const page = await ask<Partial<ItemPage>>("/review/items" + query(filter), { signal });
  return { items: list(page.items), next: page.next ?? "", counts: page.counts ?? {} };
}

const decisionPath = (id: string) => `/review/items/${segment(id)}/decision`;

/** Decides an item; a Problem with status 409 if it was decided before. */
export function decide(id: string, decision: Decision, reason: string): Promise<ReviewItem> {
  return ask(decisionPath(id), { method: "POST", body: { decision, reason } });
}

/** Sends a decision while the page is being closed; nobody is left to hear the answer. */
export function decideLeaving(id: string, decision: Decision, reason: string): void {
  void fetch("/api/v1" + decisionPath(id), {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ decision, reason }),
  }).catch(() => undefined);
}

/** All campaigns, drafts and closed ones included. */
export async function fetchCampaigns(signal?: AbortSignal): Promise<CampaignRow[]> {
  return list((await ask<{ campaigns: CampaignRow[] | null }>("/studio/campaigns", { signal })).campaigns);
}

/** A campaign's file, state and budget. */
export function fetchCampaign(slug: string, signal?: AbortSignal): Promise<CampaignRecord> {
  return ask(`/studio/campaigns/${segment(slug)}`, { signal });
}

/** Makes a campaign of a file. */
export function createCampaign(file: JsonObject): Promise<unknown> {
  return ask("/studio/campaigns", { method: "POST", body: { file } });
}

/** Stores a campaign if nobody changed it since `revision`; else a Problem with code `changed_meanwhile`. */
export function saveCampaign(slug: string, file: JsonObject, state: CampaignState, revision: number): Promise<unknown> {
  return ask(`/studio/campaigns/${segment(slug)}`, { method: "PUT", body: { file, state, revision } });
}

/** Tells what does not hold in a campaign file, without storing it. */
export async function checkCampaign(file: JsonObject, signal?: AbortSignal): Promise<CheckProblem[]> {
  const answer = await ask<{ problems: CheckProblem[] | null }>("/studio/campaigns/check", { method: "POST", body: { file }, signal });
  return list(answer.problems);
}

/** All versions of all brand kits. */
export async function fetchKits(signal?: AbortSignal): Promise<Kit[]> {
  const kits = list((await ask<{ kits: Kit[] | null }>("/studio/kits", { signal })).kits);
  return kits.map((k) => ({ ...k, marks: list(k.marks), colors: list(k.colors) }));
}

/** Stores a kit from a ZIP of its folder. */
export function uploadKit(file: File): Promise<unknown> {
  const body = new FormData();
  body.append("file", file);
  return ask("/studio/kits", { method: "POST", body, timeout: 120_000 });
}

/** Addresses whose votes were capped in a campaign, worst first. */
export async function fetchCappedAddresses(campaign: string, signal?: AbortSignal): Promise<CappedAddress[]> {
  const answer = await ask<{ addresses: CappedAddress[] | null }>(`/studio/campaigns/${segment(campaign)}/addresses`, { signal });
  return list(answer.addresses);
}

/** Up to `limit` rows of the ledger before a number, the newest first; 0 begins at the newest. */
export async function fetchLedgerNewest(before: number, limit: number, signal?: AbortSignal): Promise<{ rows: LedgerRow[]; next: number }> {
  const answer = await ask<{ rows: LedgerRow[] | null; next: string }>("/studio/ledger/newest" + query({ before: before || "", limit }), { signal });
  return { rows: list(answer.rows), next: Number(answer.next) || 0 };
}

/** The proof that a row is in the ledger's tree. */
export async function fetchLedgerProof(id: string, signal?: AbortSignal): Promise<LedgerProof> {
  const answer = await ask<LedgerProof>(`/studio/ledger/${segment(id)}/proof`, { signal });
  return { ...answer, hashes: list(answer.hashes), head: { ...answer.head, witnesses: list(answer.head.witnesses) } };
}
