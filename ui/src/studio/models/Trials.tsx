import { Button, Modal, NumberInput, Select, Slider, TextInput } from "@mantine/core";
import { useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { dayWords, problemWords } from "../data/words";
import { useSeat } from "../frame/seat";
import { useTell } from "../frame/toasts";
import { IconPlus } from "../icons";
import { endCanary, setCanary, type Canary, type Capability, type Register } from "./api";
import css from "./models.module.css";
import { failing, trialWords } from "./trial";

const capabilities: { value: Capability; label: string }[] = [
  { value: "picture", label: "Pictures" }, { value: "edit", label: "Edits" }, { value: "text", label: "Texts" }, { value: "moderation", label: "Moderation" },
];

/** Trials: a share of one provider's requests goes to another, which is taken back by itself if it does worse. */
export function Trials({ register, onChanged }: { register: Register; onChanged: () => void }) {
  const { can } = useSeat();
  const [starting, setStarting] = useState(false);
  return (
    <section className={`st-panel ${css.part}`} aria-label="Trials">
      <header>
        <h2>Trials</h2>
        {can("admin") && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setStarting(true)}>Try a provider</Button>}
      </header>
      {register.canaries.length === 0
        ? <p className="st-soft">No trial is under way. One sends a share of the requests to another provider, and returns by itself if that does worse.</p>
        : <ul className={css.trials}>{register.canaries.map((c) => <Trial key={`${c.capability} ${c.incumbent}`} trial={c} onChanged={onChanged} />)}</ul>}
      {starting && <TrialDialog providers={providersOf(register)} onClose={() => setStarting(false)} onSet={onChanged} />}
    </section>
  );
}

/** Every provider that the register knows of. */
export function providersOf(register: Register): string[] {
  return [...new Set([...register.models.map((m) => m.provider), ...register.health.map((h) => h.provider), ...register.keys.map((k) => k.provider)])].filter(Boolean).sort();
}

function Trial({ trial: c, onChanged }: { trial: Canary; onChanged: () => void }) {
  const { can } = useSeat();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const end = () => {
    setBusy(true);
    endCanary(c).then(() => { tell.good("The trial has ended."); onChanged(); }, tell.bad).finally(() => setBusy(false));
  };
  const side = (name: string, calls: number, failed: number) => {
    const share = failing(calls, failed);
    return <span><b>{name}</b> {calls} {calls === 1 ? "call" : "calls"}{share !== null && `, ${share.toFixed(1)} % failed or refused`}</span>;
  };
  return (
    <li data-returned={c.returned || undefined}>
      <div className={css.share} role="img" aria-label={`${c.percent} percent go to ${c.provider}`}><i style={{ width: `${c.returned ? 0 : c.percent}%` }} /></div>
      <div>
        <p><b>{c.percent} %</b> of {c.capability === "picture" ? "pictures" : c.capability === "edit" ? "edits" : c.capability === "text" ? "texts" : "moderation"} from <b>{c.incumbent}</b> to <b>{c.provider}</b> <span className="st-soft">since {dayWords(c.started_at)}</span></p>
        <p className={css.sides}>{side(c.incumbent, c.incumbent_calls, c.incumbent_failed)}{side(c.provider, c.canary_calls, c.canary_failed)}</p>
        <p className="st-soft">{trialWords(c)}</p>
      </div>
      {can("admin") && <Button size="compact-sm" variant="subtle" color="brick" loading={busy} onClick={end}>End it</Button>}
    </li>
  );
}

function TrialDialog({ providers, onClose, onSet }: { providers: string[]; onClose: () => void; onSet: () => void }) {
  const [capability, setCapability] = useState<Capability>("picture");
  const [incumbent, setIncumbent] = useState("");
  const [provider, setProvider] = useState("");
  const [percent, setPercent] = useState(10);
  const [calls, setCalls] = useState<number | string>(100);
  const [margin, setMargin] = useState<number | string>(5);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = incumbent.trim() !== "" && provider.trim() !== "" && incumbent.trim() !== provider.trim() && typeof calls === "number" && typeof margin === "number";
  const start = () => {
    setBusy(true);
    setCanary({ capability, incumbent: incumbent.trim(), provider: provider.trim(), percent, calls: Number(calls), margin: Number(margin) })
      .then(() => { onSet(); onClose(); }, (thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened onClose={onClose} title="Try a provider">
      <div className={css.dialog}>
        <Select label="For" data={capabilities} value={capability} onChange={(v) => setCapability((v ?? "picture") as Capability)} />
        <div className={css.two}>
          <TextInput label="Instead of" list="providers" maxLength={100} value={incumbent} onChange={(e) => setIncumbent(e.currentTarget.value)} />
          <TextInput label="Try" list="providers" maxLength={100} value={provider} onChange={(e) => setProvider(e.currentTarget.value)} />
        </div>
        <datalist id="providers">{providers.map((p) => <option key={p} value={p} />)}</datalist>
        <div>
          <p id="trial-share" className={css.label}>Share of the requests: <b>{percent} %</b></p>
          <Slider thumbProps={{ "aria-labelledby": "trial-share" }} min={1} max={99} value={percent} onChange={setPercent} label={null} />
        </div>
        <div className={css.two}>
          <NumberInput label="Compare after" suffix=" calls" min={10} max={1_000_000} allowDecimal={false} value={calls} onChange={setCalls} />
          <NumberInput label="May be worse by" suffix=" points" min={0} max={100} allowDecimal={false} value={margin} onChange={setMargin} />
        </div>
        {problem && <p className={css.refused} role="alert">{problemWords(problem)}</p>}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button loading={busy} disabled={!ready} onClick={start}>Begin</Button>
        </div>
      </div>
    </Modal>
  );
}
