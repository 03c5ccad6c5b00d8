import type { LocaleChoice } from "./shell";

/** What made a picture: the built-in painter, or a model by its name. */
export interface Maker {
  kind: "painter" | "model";
  name: string;
  version?: string;
}

export interface CampaignCard {
  slug: string;
  name: string;
  tagline: string;
}

export interface Market {
  code: string;
  name: string;
  min_age: number;
}

/** One tile of the guided builder; `prompt` is the piece it adds to the sentence. */
export interface BuilderOption {
  id: string;
  label: string;
  prompt: string;
  alt: string;
  image_url: string;
}

export const BUILDER_ROWS = ["subject", "scene", "style", "mood"] as const;
export type BuilderRow = (typeof BUILDER_ROWS)[number];

export interface MarkRules {
  /** Shares of the canvas's shorter side, 0 to 1. */
  min_width_share: number;
  max_width_share: number;
  min_width_px: number;
  /** Degrees clockwise. */
  rotation_min: number;
  rotation_max: number;
  /** Distance kept from other marks and text, as a share of the mark's width. */
  clear_space: number;
}

/** One drawing of a mark, made for a light or a dark ground. */
export interface MarkVariant {
  id: string;
  ground: "light" | "dark" | "any";
  image_url: string;
}

export interface Mark {
  id: string;
  name: string;
  alt: string;
  image_url: string;
  /** Width divided by height. */
  aspect: number;
  /** The first one is shown where a layer names none. */
  variants: MarkVariant[];
  rules: MarkRules;
}

/** A drawing of the kit that a participant may play with. */
export interface Sticker {
  id: string;
  name: string;
  alt: string;
  image_url: string;
  /** Width divided by height. */
  aspect: number;
}

export interface Format {
  id: string;
  width: number;
  height: number;
}

export interface TextStyle {
  max_length: number;
  fonts: { family: string; url: string; weight: number | string; scripts?: string[] }[];
  colors: string[];
  /** Per em, of the first font. */
  ascent: number;
  descent: number;
  /** Shares of the canvas's shorter side. */
  min_size_share: number;
  max_size_share: number;
  /** Degrees either way, when the kit says so. */
  max_rotation?: number;
  line_height: number;
}

export interface Consent {
  purpose: string;
  required: boolean;
  text: string;
}

export interface Terms {
  version: string;
  ownership: string;
  use: string;
  privacy: string;
  imprint: string;
  contact: string;
}

/** A campaign as the public sees it, in one language. */
export interface Campaign {
  slug: string;
  name: string;
  tagline: string;
  summary: string;
  rules: string[];
  state: "open" | "closed" | "soon" | "draft";
  opens: string;
  closes: string;
  locale: string;
  locales: LocaleChoice[];
  markets: Market[];
  default_market: string;
  market_guess: string | null;
  hero: { url: string; alt: string };
  brand: { name: string; logo_url: string; kit: string; kit_version: string };
  builder: Record<BuilderRow, BuilderOption[]>;
  surprises: string[];
  marks: Mark[];
  stickers: Sticker[];
  /** Lines of small print that markets ask for: a text that says one stays as it is. */
  legal: string[];
  formats: Format[];
  text: TextStyle;
  consents: Consent[];
  terms: Terms;
  proof_of_work: boolean;
  maker: Maker;
  prompt_max: number;
  title_max: number;
  name_max: number;
  entries: number;
}

export interface Me {
  id: string;
  arrived: boolean;
  market: string;
  locale: string;
  age_band: string;
  consents: { purpose: string; given_at: string }[];
  terms_version: string;
  generations_left: number;
  limit_per_day: number;
}

export interface Candidate {
  id: string;
  index: number;
  image_url: string;
  alt: string;
  width: number;
  height: number;
}

export type GenerationState =
  | "queued"
  | "running"
  | "held"
  | "succeeded"
  | "failed"
  | "refused"
  | "cancelled";

export interface Generation {
  id: string;
  campaign: string;
  state: GenerationState;
  code?: string;
  /** A sentence for people when the generation is held, failed or refused. */
  message?: string;
  /** Softer words that would be painted, where those asked for were refused for how they are said. */
  suggestion?: string;
  prompt: string;
  marks: string[];
  aspect: string;
  seed: number;
  created_at: string;
  /** 0 to 1. */
  progress: number;
  maker?: Maker;
  fallback: boolean;
  missed: string[];
  candidates: Candidate[];
}

export interface Stop {
  at: number;
  color: string;
}

/** A colour or a gradient over a layer's box. */
export interface Fill {
  color?: string;
  gradient?: "linear" | "radial";
  angle?: number;
  stops?: Stop[];
}

/** The part of a layer that shows, in shares of its box. */
export interface Mask {
  shape: "rect" | "ellipse" | "path" | "fade";
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  path?: string;
  angle?: number;
  feather?: number;
  invert?: boolean;
}

export type LayerKind = "picture" | "mark" | "text" | "cutout" | "shape" | "sticker" | "effect";

/** One thing on the canvas; the server's document.schema.json says which kind has which fields. */
export interface Layer {
  id: string;
  kind: LayerKind;
  mark?: string;
  variant?: string;
  text?: string;
  color?: string;
  /** Top left of the unrotated box, canvas pixels. */
  x: number;
  y: number;
  width: number;
  /** Degrees clockwise about the middle of the box. */
  rotation: number;
  lines?: number;
  align?: "start" | "center" | "end";
  cutout?: string;
  sticker?: string;
  shape?: "rect" | "ellipse" | "path";
  height?: number;
  radius?: number;
  path?: string;
  fill?: Fill;
  effect?: "shadow" | "reflection" | "snow" | "grain" | "vignette" | "grade";
  of?: string;
  strength?: number;
  size?: number;
  soft?: number;
  angle?: number;
  seed?: number;
  blend?: string;
  opacity?: number;
  mask?: Mask;
}

export interface Composition {
  version: number;
  width: number;
  height: number;
  layers: Layer[];
}

/** Something in a composition that a rule speaks about. */
export interface Finding {
  /** Empty when it is about the whole picture; its index is -1 then. */
  layer: string;
  index: number;
  rule: string;
  /** With an error the composition is not kept. */
  severity: "error" | "warning";
  message: string;
  /** Why the brand has this rule; may be empty. */
  reason: string;
  measured?: unknown;
  allowed?: unknown;
  /** The layer that this one comes too near to. */
  other?: string;
  /** The layer as it would keep the rule, or one to add where index is -1. */
  fix: Layer | null;
  /** The same as a JSON Patch of the document that was checked; empty if nothing helps. */
  patch: { op: "test" | "replace" | "add" | "remove"; path: string; value?: unknown }[];
}

/** Another way to lay a composition out, which keeps the rules. */
export interface Layout {
  composition: Composition;
  findings: Finding[];
}

export type EntryState = "waiting" | "approved" | "published" | "rejected" | "taken_down" | "withdrawn" | "hidden";

export interface CreationEntry {
  id: string;
  title: string;
  display_name: string;
  state: EntryState;
  reason?: string;
  votes: number;
  submitted_at: string;
  published_at?: string;
}

export type CreationState = "draft" | "waiting" | "published" | "rejected" | "taken_down" | "hidden";

export interface Creation {
  id: string;
  campaign: string;
  state: CreationState;
  revision: number;
  composition: Composition;
  findings: Finding[];
  background_url: string;
  image_url: string;
  alt: string;
  generation_id: string;
  entry: CreationEntry | null;
  created_at: string;
  updated_at: string;
}

export interface Works {
  generations: Generation[];
  creations: Creation[];
}

export interface GalleryEntry {
  id: string;
  creation_id: string;
  title: string;
  display_name: string;
  alt: string;
  votes: number;
  voted: boolean;
  width: number;
  height: number;
  image_url: string;
  page_url: string;
  published_at: string;
}

export interface GalleryPage {
  entries: GalleryEntry[];
  /** Cursor of the next page; empty at the end. */
  next: string;
}

/** The visible label of a work: `ai` for what a model made alone, `ai-part` for what it made in part. */
export interface WorkLabel {
  icon: "ai" | "ai-part";
  text: string;
  lang: string;
  /** Downloads carry a label in their pixels. */
  burned_in: boolean;
}

/** How a public work was made, who approved it and what proves it. */
export interface How {
  maker: Maker;
  provider: string;
  marks: { id: string; name: string }[];
  kit: string;
  kit_version: string;
  made_at: string;
  approved_at: string;
  approved_by: string;
  format: string;
  /** An IPTC term such as `compositeSynthetic`. */
  digital_source_type: string;
  /** Left out where no model had a part in it. */
  label?: WorkLabel;
  /** Policy packs as `id@version`, with their titles in English. */
  packs: { id: string; name: string }[];
  duties: string[];
  /** Left out where it is not known. */
  watermarked?: boolean;
  credential?: { signed_at: string; signer: string; timestamped: boolean; url: string };
}

export interface EntryDetail extends GalleryEntry {
  campaign: string;
  how: How;
  download: { format: string; width: number; url: string }[];
  mine: boolean;
}

export const REPORT_REASONS = ["offensive", "copied", "personal", "minor", "other"] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export interface ReportOutcome {
  state: "waiting" | "upheld" | "dismissed";
  answer?: string;
  reported_at: string;
  decided_at?: string;
  title: string;
}

/** What a check found of one work. Page and picture are there only while it is public. */
export interface CheckedWork {
  campaign: string;
  campaign_name: string;
  kind: "creation" | "candidate" | "page";
  made_at: string;
  maker: Maker;
  marks: { id: string; name: string }[];
  kit?: string;
  approved: boolean;
  approved_at?: string;
  state: "published" | "taken_down" | "withdrawn" | "hidden" | "not_public" | "erased";
  page_url?: string;
  image_url?: string;
  newer_url?: string;
  format: string;
  width: number;
  height: number;
}

/** One of the four looks at a file; its sentences come in the page's language. */
export interface CheckStep {
  kind: "file" | "credential" | "watermark" | "fingerprint";
  outcome: "found" | "altered" | "foreign" | "unsure" | "none" | "needless" | "impossible" | "undone";
  found: boolean;
  says: string;
  proves: string;
  proves_not: string;
  sureness?: { word: "certain" | "very_sure" | "likely" | "possible"; one_in?: number; chance?: number; says: string };
  distance?: number;
}

export type Change = "same" | "resaved" | "resized" | "cropped" | "turned" | "unlike";

/** One event of a work's way; the last one, `here`, is the file that was checked. */
export interface HistoryEvent {
  kind: "generated" | "composed" | "published" | "taken_down" | "withdrawn" | "hidden" | "erased" | "corrected" | "here";
  at?: string;
  maker?: Maker;
  marks?: { id: string; name: string }[];
  kit?: string;
  image_url?: string;
  page_url?: string;
  changes?: Change[];
  scale?: number;
  turn?: number;
}

/** What the content credential of a file says. */
export interface SignedFile {
  whose: "ours" | "listed" | "stranger";
  intact: boolean;
  signer: string;
  generator: string;
  at?: string;
  source_type?: string;
  built_on: number;
}

export interface Verification {
  match: "exact" | "credential" | "watermark" | "fingerprint" | "none";
  sha256: string;
  message: string;
  work: CheckedWork | null;
  also: CheckedWork[];
  steps: CheckStep[];
  undone: CheckStep["kind"][];
  credential: SignedFile | null;
  history: HistoryEvent[];
}
