import { Button } from "@mantine/core";
import { useState } from "react";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { dayWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { IconCpu, IconPlus } from "../icons";
import { Confirm } from "../staff/Confirm";
import { approveModel, fetchModels, retireModel, type Health, type Model, type ModelState } from "./api";
import { ModelDialog } from "./ModelDialog";
import css from "./models.module.css";
import { ProviderKeys } from "./ProviderKeys";
import { Trials } from "./Trials";

const stateWords: Record<ModelState, string> = { proposed: "Waits for approval", approved: "Approved", retired: "Retired" };

/** The register of models: who approved which version, what may be sent to it, trials, and providers' keys. */
export function ModelsPage() {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded("models", fetchModels);
  const [adding, setAdding] = useState(false);
  const add = can("producer") && <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>Enter a model</Button>;
  return (
    <div className="st-page">
      <PageHead title="Models" actions={add}>Only an approved version of a model is used. A new version is a new entry, and waits for an admin who did not enter it.</PageHead>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the models" />
      ) : (
        <>
          {data.health.length > 0 && <HealthStrip health={data.health} />}
          {data.models.length === 0
            ? <EmptyState icon={<IconCpu size={28} stroke={1.5} />} title="No model yet" action={add}>The built-in painter paints everything. To use a model, first connect its provider in the settings, then enter its version here.</EmptyState>
            : <Register models={data.models} onChanged={reload} />}
          <Trials register={data} onChanged={reload} />
          {can("admin") && <ProviderKeys register={data} onChanged={reload} />}
        </>
      )}
      {adding && <ModelDialog onClose={() => setAdding(false)} onAdded={reload} />}
    </div>
  );
}

const healthWords: Record<Health["state"], string> = { well: "well", resting: "rests after failures", trying: "is tried again" };

function HealthStrip({ health }: { health: Health[] }) {
  return (
    <ul className={css.health} aria-label="How the providers are">
      {health.map((h) => (
        <li key={`${h.provider} ${h.capability}`} data-state={h.state}>
          <i aria-hidden /> <b>{h.provider}</b> <span>{h.capability}: {healthWords[h.state]}{h.calls > 0 && `, ${h.failures} of the last ${h.calls} failed`}</span>
        </li>
      ))}
    </ul>
  );
}

function Register({ models, onChanged }: { models: Model[]; onChanged: () => void }) {
  const { can, me } = useSeat();
  const tell = useTell();
  const [busy, setBusy] = useState("");
  const [retiring, setRetiring] = useState<Model | null>(null);
  const act = (model: Model, run: Promise<unknown>, said: string) => {
    setBusy(model.id);
    run.then(() => { tell.good(said); setRetiring(null); onChanged(); }, tell.bad).finally(() => setBusy(""));
  };
  const named = (m: Model) => [m.name, m.version].filter(Boolean).join(" ");
  const columns: Column<Model>[] = [
    { name: "Model", value: (m) => `${m.provider} ${named(m)}`, render: (m) => <span className={css.model}><b>{m.name || m.provider}</b> {m.version}<small>{m.provider}{m.region && `, ${m.region}`}</small></span> },
    { name: "State", value: (m) => m.state, render: (m) => <span className={css.state} data-state={m.state}>{stateWords[m.state]}{m.state === "approved" && <small>{m.approved_by === "configuration" ? "by the configuration" : dayWords(m.approved_at)}</small>}</span> },
    { name: "May be sent", value: (m) => (m.data ?? []).join(", "), render: (m) => (m.data ?? []).join(", ") || <span className="st-soft">not said</span>, wideOnly: true },
    { name: "Licence", value: (m) => m.licence, render: (m) => <Told text={m.licence} link={m.terms} />, wideOnly: true },
    { name: "Risks", value: (m) => m.risks, render: (m) => <Told text={m.risks} />, wideOnly: true },
    { name: "Entered", value: (m) => m.added_at, render: (m) => dayWords(m.added_at), wideOnly: true },
    {
      name: "Actions", value: () => "", buttons: true, align: "end",
      render: (m) => can("admin") && (m.state === "approved"
        ? <Button size="compact-xs" variant="subtle" color="brick" onClick={() => setRetiring(m)}>Retire</Button>
        : m.state === "proposed" && <Button size="compact-xs" variant="light" disabled={m.added_by === me.id} title={m.added_by === me.id ? "You entered it: another admin has to approve it" : undefined} loading={busy === m.id} onClick={() => act(m, approveModel(m.id), `${named(m)} may be used.`)}>Approve</Button>),
    },
  ];
  return (
    <>
      <DataTable label="Models" file="models" columns={columns} rows={models} rowKey={(m) => m.id} filterHint="Filter models" faded={(m) => m.state === "retired"} />
      {retiring && <Confirm title={`Retire ${named(retiring)}?`} act="Retire" busy={busy !== ""} onAct={() => act(retiring, retireModel(retiring.id), `${named(retiring)} is not used any more.`)} onClose={() => setRetiring(null)}>It is not called any more. Campaigns that ask for it go on with their next provider, at last with the painter.</Confirm>}
    </>
  );
}

/** A longer text in a cell, cut to two lines; a link where there is one. */
function Told({ text, link = "" }: { text: string; link?: string }) {
  if (!text && !link) return <span className="st-soft">not said</span>;
  const web = /^https:\/\//.test(link);
  return <><span className={css.told} title={text}>{text}</span>{web ? <a className={css.terms} href={link} target="_blank" rel="noopener noreferrer">terms</a> : link && <small className="st-soft">{link}</small>}</>;
}
