import { Button } from "@mantine/core";
import { useState } from "react";
import { useLoaded } from "../data/loaded";
import { whenWords } from "../data/words";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { confirmPack, dryRun, withdrawPack, type PackState, type PackVersion, type Shift } from "./api";
import css from "./policies.module.css";
import { firing, outcomes, shiftWords } from "./shift";

const stateWords: Record<PackState, string> = { proposed: "Waits for a second person", active: "In force", replaced: "Replaced", withdrawn: "Withdrawn" };

/** The versions that staff brought in, what each would change, and the two people's steps. */
export function Versions({ versions, nameOf, onChanged }: { versions: PackVersion[]; nameOf: (id: string) => string; onChanged: () => void }) {
  const [all, setAll] = useState(false);
  const open = versions.filter((v) => v.state === "proposed" || v.state === "active");
  const shown = all ? versions : open;
  if (versions.length === 0) return null;
  return (
    <section className={`st-panel ${css.versions}`} aria-label="Versions by staff">
      <ul>{shown.map((v) => <Version key={v.id} version={v} nameOf={nameOf} onChanged={onChanged} />)}</ul>
      {open.length < versions.length && <Button variant="subtle" size="compact-sm" onClick={() => setAll((a) => !a)}>{all ? "Fewer" : `All ${versions.length} versions`}</Button>}
    </section>
  );
}

function Version({ version: v, nameOf, onChanged }: { version: PackVersion; nameOf: (id: string) => string; onChanged: () => void }) {
  const { can } = useSeat();
  const tell = useTell();
  const [busy, setBusy] = useState("");
  const [trying, setTrying] = useState(false);
  const act = (what: string, run: Promise<unknown>, said: string) => {
    setBusy(what);
    run.then(() => { tell.good(said); onChanged(); }, tell.bad).finally(() => setBusy(""));
  };
  const named = `${v.pack} ${v.version}`;
  const by = nameOf(v.proposed_by);
  return (
    <li>
      <div className={css.version}>
        <p>
          <b>{v.pack}</b> {v.version} <span className={css.state} data-state={v.state}>{stateWords[v.state]}</span>
          <small>Proposed {v.mine ? "by you" : by && `by ${by}`} on {whenWords(v.proposed_at)}{v.decided_by && `, decided ${whenWords(v.decided_at)}`}</small>
        </p>
        {can("producer") && (v.state === "proposed" || v.state === "active") && (
          <div className={css.acts}>
            {v.state === "proposed" && <Button size="compact-sm" variant="default" onClick={() => setTrying((t) => !t)} aria-expanded={trying}>Dry run</Button>}
            {v.state === "proposed" && (
              <Button size="compact-sm" disabled={v.mine} title={v.mine ? "You proposed it: another person has to confirm it" : undefined} loading={busy === "confirm"} onClick={() => act("confirm", confirmPack(v.id), `${named} is in force.`)}>Put into force</Button>
            )}
            <Button size="compact-sm" variant="subtle" color="brick" loading={busy === "withdraw"} onClick={() => act("withdraw", withdrawPack(v.id), `${named} is withdrawn.`)}>{v.state === "active" ? "Take out of force" : "Withdraw"}</Button>
          </div>
        )}
      </div>
      {v.mine && v.state === "proposed" && <p className={css.note}>You proposed it, so another person has to put it into force.</p>}
      {trying && <DryRun id={v.id} />}
    </li>
  );
}

function DryRun({ id }: { id: string }) {
  const { data, problem, reload } = useLoaded(`dry run ${id}`, (signal) => dryRun(id, signal));
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the dry run" />;
  return (
    <div className={css.dry}>
      <p><b>{shiftWords(data)}</b></p>
      {data.seen > 0 && (
        <>
          <Strip name="Before" counts={data.then} seen={data.seen} />
          <Strip name="With it" counts={data.now} seen={data.seen} />
          <p className={css.key}>{outcomes.map((o) => <span key={o} data-outcome={o}>{o}</span>)}</p>
        </>
      )}
      {firing(data).length > 0 && <ul>{firing(data).slice(0, 8).map(([rule, n]) => <li key={rule}><code>{rule}</code> {n} {n === 1 ? "time" : "times"}</li>)}</ul>}
    </div>
  );
}

function Strip({ name, counts, seen }: { name: string; counts: Shift["then"]; seen: number }) {
  return (
    <div className={css.strip}>
      <span>{name}</span>
      <span role="img" aria-label={outcomes.map((o) => `${counts[o] ?? 0} ${o}`).join(", ")}>{outcomes.map((o) => <i key={o} data-outcome={o} style={{ width: `${(100 * (counts[o] ?? 0)) / seen}%` }} title={`${counts[o] ?? 0} ${o}`} />)}</span>
    </div>
  );
}
