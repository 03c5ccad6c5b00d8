import type { JsonObject } from "../../shared/staff";

/** The markets' and purposes' shapes when one is added. */
export const newMarket = (): JsonObject => ({ code: "", name: {}, min_age: 16, locales: [] });
/** A tile of the builder when one is added. */
export const newChoice = (): JsonObject => ({ id: "", label: {}, prompt: {}, alt: {} });
/** A consent when one is added. */
export const newConsent = (): JsonObject => ({ purpose: "", required: false, text: {} });

const DAY = 86_400_000;
const atMidnight = (time: number) => new Date(Math.floor(time / DAY) * DAY).toISOString().replace(".000Z", "Z");

/** A campaign to start from: opens in a week for six weeks, with one market and nothing said yet. */
export function emptyCampaign(now: number): JsonObject {
  return {
    slug: "",
    name: { en: "" },
    kit: "",
    kit_version: "",
    provider: "builtin",
    opens: atMidnight(now + 7 * DAY),
    closes: atMidnight(now + 49 * DAY),
    experiences: ["create"],
    locales: ["en"],
    default_locale: "en",
    markets: [{ code: "GB", name: { en: "United Kingdom" }, min_age: 16, locales: ["en"] }],
    default_market: "GB",
    tagline: { en: "" },
    summary: { en: "" },
    rules: { en: [] },
    hero_prompt: "",
    hero_alt: { en: "" },
    builder: { subject: [], scene: [], style: [], mood: [] },
    surprises: { en: [] },
    marks: [],
    formats: ["square", "portrait", "landscape"],
    consents: [{ purpose: "terms", required: true, text: { en: "" } }],
    terms: { version: "1", texts: { en: { ownership: "", use: "", privacy: "", imprint: "", contact: "" } } },
    limits: { generations_per_day: 20, pictures: 0, votes_per_address: 20 },
    proof_of_work: false,
  };
}

/** Another campaign as a start: everything of it but its slug, which names one campaign only. */
export function copyOf(file: JsonObject): JsonObject {
  return { ...structuredClone(file), slug: "" };
}
