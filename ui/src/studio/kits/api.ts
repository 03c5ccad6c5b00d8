/** What the Studio and the server say to each other about brand kits. */
import { ask } from "../../shared/api";

export type Ground = "light" | "dark" | "any";
export type Severity = "error" | "warning";
/** Texts by locale. */
export type Texts = Record<string, string>;
/** Lists of words by locale. */
export type WordLists = Record<string, string[]>;

export interface KitCampaign {
  slug: string;
  name: string;
  state: "draft" | "open" | "closed";
}

export interface KitVersion {
  version: string;
  hash: string;
  added_at: string;
  /** The role of who added it; empty if it was added before that was kept. */
  added_by?: string;
  campaigns: KitCampaign[];
}

export interface Variant {
  id: string;
  ground: Ground;
  file: string;
  image_url: string;
}

/** Shares are of the canvas's shorter side; clear space of the mark's width. */
export interface MarkRules {
  min_width_px: number;
  min_width_share: number;
  max_width_share: number;
  max_rotation: number;
  clear_space: number;
}

/** A mark; `aspect` is its height divided by its width. */
export interface Mark {
  id: string;
  name: string;
  kind: string;
  alt: string;
  aspect: number;
  rules: MarkRules;
  variants: Variant[];
}

export interface Sticker {
  id: string;
  name: string;
  alt: string;
  aspect: number;
  image_url: string;
}

/** A colour token; `oklch` is lightness 0 to 1, chroma, hue in degrees. */
export interface Color {
  name: string;
  value: string;
  oklch: [number, number, number];
  role: boolean;
  alias?: string;
}

export interface Font {
  id: string;
  family: string;
  weight: number;
  style: string;
  scripts: string[];
  licence: string;
  url: string;
}

/** A rule of a kit; which measures it has is told by its kind. */
export interface Rule {
  id: string;
  version: number;
  kind: string;
  severity: Severity;
  reason: Texts;
  marks?: string[] | null;
  markets?: string[] | null;
  channels?: string[] | null;
  from?: string;
  until?: string;
  min?: number;
  min_large?: number;
  max?: number;
  ground?: Ground;
  colors?: string[] | null;
  tolerance?: number;
  layers?: string[] | null;
  line?: string;
  words?: WordLists | null;
}

export interface BuiltIn {
  id: string;
  since: number;
  severity: Severity;
  sentence: string;
  reason: string;
}

export interface Claim {
  id: string;
  words: WordLists;
  footnote: Texts;
}

export interface Rights {
  owner: string;
  licence: string;
  territories?: string[] | null;
  channels?: string[] | null;
  from?: string;
  until?: string;
  with_generated: boolean | null;
  after_until?: "list" | "hide" | "";
}

export type RightsState = "open" | "later" | "running" | "ending" | "ended";

/** The rights to one asset; `days` are left until they end, negative since they ended. */
export interface AssetRights {
  kind: "mark" | "sticker" | "font";
  id: string;
  name: string;
  rights: Rights | null;
  state: RightsState;
  days?: number;
}

export interface LegalLine {
  id: string;
  markets?: string[] | null;
  text: Texts;
}

/** All that a version of a kit says. */
export interface KitPageData {
  id: string;
  version: string;
  name: string;
  hash: string;
  locales: string[];
  versions: KitVersion[];
  marks: Mark[];
  stickers: Sticker[];
  colors: Color[];
  fonts: Font[];
  stacks: { name: string; fonts: string[] }[];
  text: { stack: string; max_characters: number; min_size_share: number; max_size_share: number; max_rotation: number; clear_space: number; colors: Partial<Record<Ground, string>> };
  rules: Rule[];
  built_in: BuiltIn[];
  voice: { tone?: Texts; use?: WordLists; avoid?: WordLists; claims?: Claim[] | null };
  photo: { style?: Texts | null; avoid?: Texts | null };
  legal: LegalLine[];
  credits: string[];
  rights: AssetRights[];
}

export interface Change {
  kind: "added" | "removed" | "changed";
  path: string;
  part: string;
  before: string;
  after: string;
}

export interface MarkChange {
  id: string;
  name: string;
  kind: "added" | "removed" | "redrawn";
  aspect: number;
  before: Variant[];
  after: Variant[];
  sticker: boolean;
}

export interface ColorChange {
  name: string;
  before: string;
  after: string;
  difference?: number;
}

export interface Changes {
  kit: string;
  since: string;
  version: string;
  changes: Change[];
  marks: MarkChange[];
  colors: ColorChange[];
}

export interface KitProblem {
  file: string;
  path: string;
  code: string;
  message: string;
}

/** What would come of storing a kit. */
export interface KitReport {
  id: string;
  version: string;
  name: string;
  state: "new" | "stored" | "taken" | "wrong";
  problems: KitProblem[];
  since: string;
  changes: Change[];
}

/** What a file gave for a new kit; a logo's image is a PNG in base64. */
export interface Imported {
  source: string;
  colors: { name: string; value: string; oklch: [number, number, number]; share: number }[];
  tokens: unknown;
  count: number;
  logos: { width: number; height: number; page: number; score: number; image: string }[];
  unread: { path: string; reason: string }[];
  draft: unknown;
}

const segment = encodeURIComponent;
const kitPath = (id: string, version: string) => `/studio/kits/${segment(id)}/${segment(version)}`;
/** Reading fonts and drawings of a whole kit takes the server a while. */
const LONG = 120_000;

/** All that a version of a kit says. */
export function fetchKit(id: string, version: string, signal?: AbortSignal): Promise<KitPageData> {
  return ask(kitPath(id, version), { signal });
}

/** What differs between two versions of a kit. */
export function fetchChanges(id: string, since: string, version: string, signal?: AbortSignal): Promise<Changes> {
  return ask(`${kitPath(id, version)}/changes?since=${segment(since)}`, { signal });
}

/** The address of a version's ZIP. */
export const zipAddress = (id: string, version: string) => `/api/v1${kitPath(id, version)}/zip`;

function sent<T>(path: string, file: File): Promise<T> {
  const body = new FormData();
  body.append("file", file);
  return ask(path, { method: "POST", body, timeout: LONG });
}

/** Tells what is wrong with a kit's ZIP and what is new in it; stores nothing. */
export const checkKit = (file: File) => sent<KitReport>("/studio/kits/check", file);

/** Reads a file that a brand has; it is not kept. */
export const importFile = (file: File) => sent<Imported>("/studio/kits/import", file);

/** What a move to another version would newly break among a campaign's public works. */
export interface MoveReport {
  from: string;
  to: string;
  moved: boolean;
  checked: number;
  /** Whether these were all public works. */
  whole: boolean;
  broken: number;
  /** The first 50 of them. */
  works: BrokenWork[] | null;
}

export interface BrokenWork {
  entry_id: string;
  title: string;
  image_url: string;
  page_url: string;
  findings: { rule: string; severity: Severity; message: string; reason?: string }[] | null;
}

/** Moves a campaign to a version of its kit; with `dryRun` it only reports what would come of it. */
export function moveCampaign(slug: string, version: string, dryRun: boolean): Promise<MoveReport> {
  return ask(`/studio/campaigns/${segment(slug)}/kit`, { method: "POST", body: { version, dry_run: dryRun }, timeout: LONG });
}

/** A work in a gallery that shows an asset without the rights to it. */
export interface LapsedWork {
  entry_id: string;
  campaign: string;
  title: string;
  state: "published" | "hidden";
  kind: "mark" | "sticker";
  id: string;
  ended: string;
  image_url: string;
  page_url: string;
}

/** What galleries have without the rights, in all campaigns; `whole` tells whether that is all. */
export async function fetchLapsed(signal?: AbortSignal): Promise<{ works: LapsedWork[]; whole: boolean }> {
  const answer = await ask<{ works: LapsedWork[] | null; whole: boolean }>("/studio/rights", { signal });
  return { works: answer.works ?? [], whole: answer.whole };
}
