import { Button, FileButton, Select, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { fetchCampaigns } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { FailedState } from "../frame/states";
import { IconPhoto, IconTestPipe } from "../icons";
import { tryPicture, tryText, type TextSource, type Tried, type WriterRole } from "./api";
import css from "./guard.module.css";
import { locales } from "./locales";
import { TriedView } from "./TriedView";

const LONGEST = 20_000;
const KEPT = "marquee:guard:text";

const roles: { value: WriterRole; label: string }[] = [
  { value: "participant", label: "A participant" }, { value: "model", label: "A model" }, { value: "staff", label: "Staff" },
];
const sources: { value: TextSource; label: string }[] = [
  { value: "typed", label: "Typed" }, { value: "file", label: "From a file" }, { value: "retrieved", label: "Retrieved" },
];

interface Answer {
  tried?: Tried;
  problem?: Problem;
  text: string;
  /** The address of a picture that was tried. */
  picture?: string;
}

/** One text or one picture, and all that the guard says of it. */
export function TryPart() {
  const campaigns = useLoaded("campaigns", fetchCampaigns);
  const [text, setText] = useState(() => sessionStorage.getItem(KEPT) ?? "");
  const [locale, setLocale] = useState("");
  const [market, setMarket] = useState("");
  const [role, setRole] = useState<WriterRole>("participant");
  const [source, setSource] = useState<TextSource>("typed");
  const [campaign, setCampaign] = useState("");
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const wrongMarket = market !== "" && !/^[A-Z]{2}$/.test(market);

  useEffect(() => () => { if (answer?.picture) URL.revokeObjectURL(answer.picture); }, [answer]);

  const check = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === "" || wrongMarket || busy) return;
    sessionStorage.setItem(KEPT, text);
    setBusy(true);
    tryText({ text, role, source, ...(locale && { locale }), ...(market && { market }), ...(campaign && { campaign }) })
      .then((tried) => setAnswer({ tried, text }), (thrown: unknown) => setAnswer({ problem: asProblem(thrown), text }))
      .finally(() => setBusy(false));
  };
  const checkPicture = (file: File | null) => {
    if (!file || busy) return;
    setBusy(true);
    const picture = URL.createObjectURL(file);
    tryPicture(file, wrongMarket ? "" : market)
      .then((tried) => setAnswer({ tried, text: "", picture }), (thrown: unknown) => setAnswer({ problem: asProblem(thrown), text: "" }))
      .finally(() => setBusy(false));
  };

  return (
    <div className={css.bench}>
      <form className={`st-panel ${css.form}`} onSubmit={check} aria-label="What to try">
        <Textarea
          label="Text" placeholder="Paste what somebody would write" minRows={6} maxLength={LONGEST} value={text} dir="auto"
          onChange={(e) => setText(e.currentTarget.value)}
          onKeyDown={(e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) check(); }}
        />
        <div className={css.settings}>
          <Select label="Language" searchable data={[{ value: "", label: "Guess it" }, ...locales]} value={locale} onChange={(v) => setLocale(v ?? "")} />
          <TextInput label="Market" placeholder="Any" maxLength={2} value={market} onChange={(e) => setMarket(e.currentTarget.value.toUpperCase())} error={wrongMarket && "Two letters, such as DE"} />
          <Select label="Written by" data={roles} value={role} onChange={(v) => setRole((v ?? "participant") as WriterRole)} />
          <Select label="Came in" data={sources} value={source} onChange={(v) => setSource((v ?? "typed") as TextSource)} />
          <Select className={css.whole} label="By the rules of" data={[{ value: "", label: "Every campaign" }, ...(campaigns.data ?? []).map((c) => ({ value: c.slug, label: c.name || c.slug }))]} value={campaign} onChange={(v) => setCampaign(v ?? "")} />
        </div>
        <div className={css.acts}>
          <Button type="submit" leftSection={<IconTestPipe size={16} />} loading={busy} disabled={text.trim() === ""}>Check the text</Button>
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={checkPicture}>
            {(props) => <Button {...props} variant="default" leftSection={<IconPhoto size={16} />} disabled={busy}>Check a picture</Button>}
          </FileButton>
          <span className="st-soft"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span>
        </div>
      </form>
      <div className={css.answer} aria-live="polite" aria-busy={busy}>
        {answer?.problem ? <FailedState problem={answer.problem} /> : answer?.tried ? (
          <TriedView tried={answer.tried} text={answer.text} picture={answer.picture} />
        ) : (
          <div className={css.hint}>
            <IconTestPipe size={28} stroke={1.5} aria-hidden />
            <p>First paste a text or choose a picture. Here you then see each finding in its place, the rules that fire, and how long each detector took.</p>
          </div>
        )}
      </div>
    </div>
  );
}
