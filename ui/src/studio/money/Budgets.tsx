import { Button } from "@mantine/core";
import { useState } from "react";
import type { CampaignRow } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { whenWords } from "../data/words";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { IconAlertTriangle, IconPlus } from "../icons";
import { Confirm } from "../staff/Confirm";
import { fetchBudgets, removeLimit, type Account, type Limit } from "./api";
import { LimitDialog } from "./LimitDialog";
import css from "./money.module.css";
import { amountWords, measures, periodWords, scopeWords, used } from "./sums";

const MOST_ALERTS = 5;

/** Every limit with what is used of it, and the alerts at 50, 80 and 100 percent. */
export function Budgets({ campaigns }: { campaigns: CampaignRow[] }) {
  const { can } = useSeat();
  const tell = useTell();
  const { data, problem, reload } = useLoaded("budgets", fetchBudgets);
  const [editing, setEditing] = useState<Limit | "new" | null>(null);
  const [ending, setEnding] = useState<Limit | null>(null);
  const [busy, setBusy] = useState(false);
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the budgets" />;
  const key = (l: Limit) => `${l.scope.kind} ${l.scope.name} ${l.period}`;
  // Each person has an account of their own; the fullest stands for the limit.
  const covers = (l: Limit, a: Limit) => l.period === a.period && l.scope.kind === a.scope.kind && (l.scope.name === a.scope.name || l.scope.name === "*");
  const accountOf = (l: Limit) => data.accounts.filter((a) => covers(l, a.limit)).sort((a, b) => b.share - a.share)[0];
  const end = (limit: Limit) => {
    setBusy(true);
    removeLimit(limit).then(() => { setEnding(null); reload(); }, tell.bad).finally(() => setBusy(false));
  };
  return (
    <section className={`st-panel ${css.budgets}`} aria-label="Budgets">
      <header>
        <h2>Budgets</h2>
        {can("admin") && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEditing("new")}>Set a budget</Button>}
      </header>
      {data.limits.length === 0 ? <p className="st-soft">No budget is set: calls to models are not bounded by money. {can("admin") ? "First set one for all of Marquee." : "An admin can set one."}</p> : (
        <ul className={css.limits}>
          {data.limits.map((limit) => (
            <li key={key(limit)}>
              <div className={css.scope}>
                <b>{scopeWords(limit.scope)}</b> <span className="st-soft">{periodWords[limit.period]}</span>
              </div>
              <Used limit={limit} account={accountOf(limit)} currency={data.currency} />
              {can("admin") && (
                <div className={css.acts}>
                  <Button size="compact-xs" variant="subtle" onClick={() => setEditing(limit)}>Change</Button>
                  <Button size="compact-xs" variant="subtle" color="brick" onClick={() => setEnding(limit)}>Remove</Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {data.alerts.length > 0 && (
        <ul className={css.alerts} aria-label="Last alerts">
          {data.alerts.slice(0, MOST_ALERTS).map((a) => (
            <li key={a.id} data-full={a.percent >= 100 || undefined}>
              <IconAlertTriangle size={15} aria-hidden /> <b>{scopeWords(a.scope)}</b> reached {a.percent} % {a.from && `on ${a.from}`} <time className="st-soft" dateTime={a.at}>{whenWords(a.at)}</time>
            </li>
          ))}
        </ul>
      )}
      {editing && <LimitDialog limit={editing === "new" ? undefined : editing} currency={data.currency} campaigns={campaigns} onClose={() => setEditing(null)} onSet={reload} />}
      {ending && <Confirm title="Remove this budget?" act="Remove" busy={busy} onAct={() => end(ending)} onClose={() => setEnding(null)}>{scopeWords(ending.scope)} {periodWords[ending.period]} is then not bounded any more. What was spent stays counted.</Confirm>}
    </section>
  );
}

function Used({ limit, account, currency }: { limit: Limit; account: Account | undefined; currency: string }) {
  const parts = used(limit, account?.spent, account?.reserved);
  if (parts.length === 0) return <p className="st-soft">Without any bound</p>;
  return (
    <div className={css.used}>
      {parts.map(({ measure, spent, reserved, most }) => {
        const share = most === 0 ? 100 : (100 * spent) / most;
        const held = most === 0 ? 0 : Math.min(100 - Math.min(100, share), (100 * reserved) / most);
        const words = `${amountWords(spent, measure, currency)} of ${amountWords(most, measure, currency)}${measure === "money" ? "" : ` ${measures.find((m) => m.value === measure)?.label.toLowerCase()}`}`;
        return (
          <div key={measure}>
            <span className={css.gauge} role="img" aria-label={`${words}, ${Math.round(share)} percent`} data-tone={share >= 100 ? "no" : share >= 80 ? "hold" : undefined}>
              <i style={{ width: `${Math.min(100, share)}%` }} /><i style={{ width: `${held}%` }} title={`${amountWords(reserved, measure, currency)} is reserved`} />
              {[50, 80].map((p) => <em key={p} style={{ insetInlineStart: `${p}%` }} />)}
            </span>
            <small aria-hidden>{words}<b>{Math.round(share)} %</b></small>
          </div>
        );
      })}
    </div>
  );
}
