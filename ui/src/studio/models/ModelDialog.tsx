import { Button, Checkbox, Modal, Textarea, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { problemWords } from "../data/words";
import { useTell } from "../frame/toasts";
import { addModel, type NewModel, type SentData } from "./api";
import css from "./models.module.css";

const sent: { value: SentData; label: string }[] = [
  { value: "prompts", label: "Prompts" }, { value: "pictures", label: "Pictures made here" }, { value: "photos", label: "People’s photos" }, { value: "dialogue", label: "Conversations" },
];

const empty: NewModel = { provider: "", name: "", version: "", licence: "", terms: "", region: "", limits: "", risks: "", data: ["prompts"] };

/** Enters a version of a model; an admin then approves it. */
export function ModelDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const tell = useTell();
  const [model, setModel] = useState<NewModel>(empty);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const text = (name: Exclude<keyof NewModel, "data">) => ({ value: model[name], onChange: (e: { currentTarget: { value: string } }) => { const value = e.currentTarget.value; setModel((m) => ({ ...m, [name]: value })); } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    addModel(model)
      .then(() => { tell.good("It is entered, and waits for an admin."); onAdded(); onClose(); }, (thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened onClose={onClose} title="Enter a model" size="lg">
      <form className={css.dialog} onSubmit={submit}>
        <div className={css.three}>
          <TextInput data-autofocus required withAsterisk={false} label="Provider" description="As the settings name it" maxLength={100} {...text("provider")} />
          <TextInput required withAsterisk={false} label="Model" description="As the provider names it" maxLength={200} {...text("name")} />
          <TextInput required withAsterisk={false} label="Version" description="A new one is a new entry" maxLength={200} {...text("version")} />
        </div>
        <Textarea required withAsterisk={false} label="Licence" description="What may be done with what it makes" maxLength={4000} {...text("licence")} />
        <TextInput required withAsterisk={false} label="Terms" description="Where that is written" placeholder="https://" maxLength={4000} {...text("terms")} />
        <TextInput label="Region" description="Where it runs" placeholder="eu" maxLength={100} {...text("region")} />
        <Checkbox.Group label="What may be sent to it" value={model.data} onChange={(data) => setModel((m) => ({ ...m, data: data as SentData[] }))}>
          <div className={css.checks}>{sent.map((s) => <Checkbox key={s.value} value={s.value} label={s.label} />)}</div>
        </Checkbox.Group>
        <Textarea label="Limits" description="Of rate and size" maxLength={4000} {...text("limits")} />
        <Textarea label="Risks" description="What is known to go wrong" maxLength={4000} {...text("risks")} />
        {problem && <div className={css.refused} role="alert"><p>{problemWords(problem)}</p>{problem.fields.length > 0 && <ul>{problem.fields.map((f, i) => <li key={i}>{f.message}</li>)}</ul>}</div>}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={busy}>Enter it</Button>
        </div>
      </form>
    </Modal>
  );
}
