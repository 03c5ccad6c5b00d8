import { Select, SegmentedControl } from "@mantine/core";
import type { CampaignState, JsonObject, Kit } from "../../shared/staff";
import { Link } from "../navigation/navigate";
import { atWidth } from "../data/words";
import { useEditing } from "./editing";
import { ChoiceField, FlagField, LocalLines, LocalText, LongField, NumberField, PartsField, SeveralField, TagsField, TextField, TimeField } from "./fields";
import { listAt, textAt, textsAt, withValue, type Path } from "./file";
import css from "./form.module.css";
import { newChoice, newConsent, newMarket } from "./template";
import { builderRows, languageName, localesOf, someText, termsTexts } from "./texts";

const commonLocales = "ar cs da de el en es fi fr he hi hu id it ja ko nb nl pl pt ro sv th tr uk zh".split(" ");

/** Name, brand, languages and the picture at the top. */
export function Basics({ kits, isNew }: { kits: Kit[] | undefined; isNew: boolean }) {
  const { file, change, readOnly } = useEditing();
  const [kit, version] = [textAt(file, ["kit"]), textAt(file, ["kit_version"])];
  const chosen = kit ? `${kit} ${version}` : null;
  const data = (kits ?? []).map((k) => ({ value: `${k.id} ${k.version}`, label: `${k.name || k.id}, version ${k.version}` }));
  if (chosen && !data.some((d) => d.value === chosen)) data.push({ value: chosen, label: `${kit}, version ${version}${kits ? " (not here)" : ""}` });
  return (
    <>
      <LocalText path={["name"]} label="Name" />
      <TextField path={["slug"]} label="Name in addresses" mono readOnly={!isNew} hint={isNew ? "Lower-case letters, digits and hyphens. It can’t be changed later." : "Fixed: links and works point to it."} />
      <Select
        id="kit" label="Brand kit" description={<>Its marks, colours and type. <Link to={{ page: "kits" }}>Look at the kits</Link></>} placeholder={kits?.length === 0 ? "Upload a kit first" : "Choose one"}
        data={data} value={chosen} readOnly={readOnly} error={useKitError()}
        onChange={(v) => {
          const found = kits?.find((k) => `${k.id} ${k.version}` === v);
          if (found) change((f) => withValue(withValue(f, ["kit"], found.id), ["kit_version"], found.version));
        }}
      />
      <TextField path={["provider"]} label="Picture maker" mono hint="“builtin” is the built-in painter; else a provider of the server’s configuration." />
      <TagsField path={["locales"]} label="Languages" hint="Codes such as en or pt-BR." known={commonLocales} />
      <ChoiceField path={["default_locale"]} label="Default language" hint="Used where a text is missing in another." choices={localesOf(file).map((value) => ({ value, label: languageName(value) }))} />
      <SeveralField path={["experiences"]} label="Experiences" choices={[{ value: "create", label: "Create" }]} />
      <LongField path={["hero_prompt"]} label="What the picture at the top shows" hint="Painted by the built-in painter." />
      <LocalText path={["hero_alt"]} label="That picture in words" hint="Read to people who don’t see it." />
    </>
  );
}

function useKitError(): string | undefined {
  const { problems } = useEditing();
  const found = problems.filter((p) => p.path === "kit" || p.path === "kit_version").map((p) => p.message);
  return found.length ? found.join(" ") : undefined;
}

const stateHints: Record<CampaignState, string> = {
  draft: "Only the Studio sees it.",
  open: "Public between its dates.",
  closed: "Nobody can take part. Published works stay.",
};

/** When it runs, and whether it takes part in the world. */
export function Dates({ state, onState, isNew }: { state: CampaignState; onState: (state: CampaignState) => void; isNew: boolean }) {
  const { readOnly } = useEditing();
  return (
    <>
      {!isNew && (
        <div>
          <p className={css.label} id="state-label">State</p>
          <SegmentedControl aria-labelledby="state-label" value={state} disabled={readOnly} onChange={(v) => onState(v as CampaignState)} data={[{ value: "draft", label: "Draft" }, { value: "open", label: "Open" }, { value: "closed", label: "Closed" }]} />
          <p className={css.hint}>{stateHints[state]}</p>
        </div>
      )}
      <TimeField path={["opens"]} label="Opens" />
      <TimeField path={["closes"]} label="Closes" />
    </>
  );
}

/** Where it runs, with each place's own age limit. */
export function Markets() {
  const { file, locale } = useEditing();
  const codes = listAt(file, ["markets"]).map((m) => ({ value: textAt(m, ["code"]), label: someText((m as JsonObject).name, locale) || textAt(m, ["code"]) })).filter((c) => c.value !== "");
  return (
    <>
      <ChoiceField path={["default_market"]} label="Default market" hint="For people who name none." choices={codes} />
      <PartsField path={["markets"]} label="Markets" add="Add a market" make={newMarket} title={(m) => someText(m.name, locale) || textAt(m, ["code"])}>
        {(path: Path) => (
          <>
            <TextField path={[...path, "code"]} label="Country code" hint="Two letters, such as DE." mono />
            <LocalText path={[...path, "name"]} label="Name" />
            <NumberField path={[...path, "min_age"]} label="Youngest age" min={13} max={21} />
            <TagsField path={[...path, "locales"]} label="Languages there" known={localesOf(file)} />
          </>
        )}
      </PartsField>
    </>
  );
}

/** What the campaign says, by language. */
export function Texts() {
  return (
    <>
      <LocalText path={["tagline"]} label="Tagline" hint="One sentence on the first screen." />
      <LocalText path={["summary"]} label="Summary" long />
      <LocalLines path={["rules"]} label="Rules in brief" add="Add a rule" />
      <LocalLines path={["surprises"]} label="Surprises" hint="Whole prompts for “Surprise me”." add="Add a surprise" />
    </>
  );
}

const rowWords = { subject: "Subjects", scene: "Scenes", style: "Styles", mood: "Moods" };

/** The tiles that people tap to say what they want. */
export function BuilderForm() {
  const { locale } = useEditing();
  return builderRows.map((row) => (
    <PartsField key={row} path={["builder", row]} label={rowWords[row]} add={`Add a ${row}`} make={newChoice} title={(c) => someText(c.label, locale) || textAt(c, ["id"])}>
      {(path: Path) => (
        <>
          <TextField path={[...path, "id"]} label="Id" mono />
          <LocalText path={[...path, "label"]} label="On the tile" />
          <LocalText path={[...path, "prompt"]} label="Words for the prompt" />
          <LocalText path={[...path, "alt"]} label="The tile’s picture in words" />
        </>
      )}
    </PartsField>
  ));
}

const formats = [
  { value: "square", label: "Square", ratio: "1" },
  { value: "portrait", label: "Portrait", ratio: "4 / 5" },
  { value: "landscape", label: "Landscape", ratio: "16 / 9" },
];

/** Which marks and formats people may choose. */
export function Marks({ kits }: { kits: Kit[] }) {
  const { file } = useEditing();
  const kit = kits.find((k) => k.id === textAt(file, ["kit"]) && k.version === textAt(file, ["kit_version"]));
  const marks = (kit?.marks ?? []).map((m) => ({ value: m.id, label: <span className={css.mark}><img src={atWidth(m.image_url, 160)} alt="" loading="lazy" />{m.name || m.id}</span> }));
  return (
    <>
      <SeveralField path={["marks"]} label="Marks" hint={kit ? `From ${kit.name || kit.id}, version ${kit.version}.` : "Choose a brand kit under Basics to see its marks."} choices={marks} />
      <SeveralField path={["formats"]} label="Formats" choices={formats.map((f) => ({ value: f.value, label: <span className={css.format}><i style={{ aspectRatio: f.ratio }} />{f.label}</span> }))} />
    </>
  );
}

const termsWords: Record<(typeof termsTexts)[number], { label: string; hint?: string }> = {
  ownership: { label: "Who owns a work" },
  use: { label: "What the brand may do with it" },
  privacy: { label: "Privacy notice" },
  imprint: { label: "Imprint", hint: "Who answers for this campaign." },
  contact: { label: "Contact" },
};

/** What people agree to, and who answers for it. */
export function Terms() {
  return (
    <>
      <PartsField path={["consents"]} label="Consents" add="Add a consent" make={newConsent} title={(c) => textAt(c, ["purpose"])}>
        {(path: Path) => (
          <>
            <TextField path={[...path, "purpose"]} label="Purpose" hint="A stable name, such as terms or contact." mono />
            <FlagField path={[...path, "required"]} label="Needed to take part" />
            <LocalText path={[...path, "text"]} label="What people agree to" long />
          </>
        )}
      </PartsField>
      <TextField path={["terms", "version"]} label="Version of the terms" hint="Raise it when the meaning changes: people are asked again." />
      {termsTexts.map((part) => <LocalText key={part} path={["terms", "texts"]} rest={[part]} label={termsWords[part].label} hint={termsWords[part].hint} long />)}
    </>
  );
}

/** What a campaign and a participant may use. */
export function Limits({ budget }: { budget: { limit: number; reserved: number; spent: number } | undefined }) {
  const { file } = useEditing();
  const painter = textsAt(file, ["provider"]).length === 0 && textAt(file, ["provider"]) === "builtin";
  return (
    <>
      <NumberField path={["limits", "generations_per_day"]} label="Requests for pictures" hint="For one participant in any 24 hours." min={1} max={1000} />
      <NumberField path={["limits", "pictures"]} label="Pictures from a paid provider" hint={painter ? "Not used now: the built-in painter costs nothing." : "When they are used up, the built-in painter goes on."} min={0} />
      {budget && budget.limit > 0 && <Budget budget={budget} />}
      <NumberField path={["limits", "votes_per_address"]} label="Votes from one network address" hint="In a day. Schools and offices share one address." min={1} />
      <FlagField path={["proof_of_work"]} label="Ask browsers for a proof of work" hint="Slows down programs that take part in great numbers. No puzzle for people." />
    </>
  );
}

function Budget({ budget }: { budget: { limit: number; reserved: number; spent: number } }) {
  const share = (n: number) => `${Math.min(100, (100 * n) / budget.limit)}%`;
  const say = (n: number) => n.toLocaleString("en");
  return (
    <figure className={css.budget}>
      <div role="img" aria-label={`${say(budget.spent)} spent, ${say(budget.reserved)} reserved of ${say(budget.limit)}`}>
        <i style={{ width: share(budget.spent) }} />
        <i style={{ width: share(budget.reserved) }} />
      </div>
      <figcaption>{say(budget.spent)} spent, {say(budget.reserved)} reserved, {say(Math.max(0, budget.limit - budget.spent - budget.reserved))} left of {say(budget.limit)}</figcaption>
    </figure>
  );
}
