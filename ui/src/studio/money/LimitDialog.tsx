import { Button, Modal, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import type { CampaignRow } from "../../shared/staff";
import { problemWords } from "../data/words";
import { setLimit, type Amount, type Limit, type Period, type ScopeKind } from "./api";
import css from "./money.module.css";
import { periodWords, scopeWords } from "./sums";

const kinds: { value: ScopeKind; label: string }[] = [
  { value: "house", label: "All of Marquee" }, { value: "campaign", label: "A campaign" }, { value: "market", label: "A market of a campaign" }, { value: "team", label: "A team" }, { value: "person", label: "Each person" },
];
const periods: { value: Period; label: string }[] = [{ value: "day", label: "A day" }, { value: "whole", label: "In all" }];

/** Sets a budget. An empty field is no bound. */
export function LimitDialog({ limit, currency, campaigns, onClose, onSet }: { limit?: Limit; currency: string; campaigns: CampaignRow[]; onClose: () => void; onSet: () => void }) {
  const [kind, setKind] = useState<ScopeKind>(limit?.scope.kind ?? "house");
  const [name, setName] = useState(limit?.scope.name ?? "");
  const [market, setMarket] = useState("");
  const [period, setPeriod] = useState<Period>(limit?.period ?? "day");
  const bound = (value: number | undefined, by = 1) => (value === undefined || value < 0 ? "" : value / by);
  const [most, setMost] = useState<Record<keyof Amount, number | string>>({
    money: bound(limit?.most.money, 1e6), pictures: bound(limit?.most.pictures), tokens: bound(limit?.most.tokens), calls: bound(limit?.most.calls),
  });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const amount = (value: number | string, by = 1) => (typeof value === "number" ? Math.round(value * by) : -1);
  const body: Amount = { money: amount(most.money, 1e6), pictures: amount(most.pictures), tokens: amount(most.tokens), calls: amount(most.calls) };
  const scoped = kind === "house" ? "" : kind === "person" ? "*" : kind === "market" ? `${name}/${market}` : name;
  const ready = Object.values(body).some((v) => v >= 0) && (limit || kind === "house" || kind === "person" || (name.trim() !== "" && (kind !== "market" || /^[A-Z]{2}$/.test(market))));
  const set = () => {
    setBusy(true);
    setLimit({ scope: limit?.scope ?? { kind, name: scoped.trim() }, period, most: body })
      .then(() => { onSet(); onClose(); }, (thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  const field = (measure: keyof Amount, label: string, money = false) => (
    <NumberInput label={label} placeholder="No bound" min={0} max={1e9} allowDecimal={money} decimalScale={money ? 2 : 0} thousandSeparator="," suffix={money ? ` ${currency}` : undefined} value={most[measure]} onChange={(v) => setMost((m) => ({ ...m, [measure]: v }))} />
  );
  return (
    <Modal opened onClose={onClose} title={limit ? `${scopeWords(limit.scope)} ${periodWords[limit.period]}` : "Set a budget"}>
      <div className={css.dialog}>
        {!limit && (
          <>
            <Select label="For" data={kinds} value={kind} onChange={(v) => { setKind((v ?? "house") as ScopeKind); setName(""); }} />
            {(kind === "campaign" || kind === "market") && <Select label="Campaign" placeholder="Choose one" data={campaigns.map((c) => ({ value: c.slug, label: c.name || c.slug }))} value={name || null} onChange={(v) => setName(v ?? "")} />}
            {kind === "market" && <TextInput label="Market" placeholder="DE" maxLength={2} value={market} onChange={(e) => setMarket(e.currentTarget.value.toUpperCase())} />}
            {kind === "team" && <TextInput label="Team" maxLength={100} value={name} onChange={(e) => setName(e.currentTarget.value)} />}
            <Select label="Period" data={periods} value={period} onChange={(v) => setPeriod((v ?? "day") as Period)} />
          </>
        )}
        {field("money", "Money", true)}
        <div className={css.three}>{field("pictures", "Pictures")}{field("tokens", "Tokens")}{field("calls", "Calls")}</div>
        <p className="st-soft">An alert comes at 50, 80 and 100 %. What happens at the end is a setting of the campaign.</p>
        {problem && <p className={css.refused} role="alert">{problemWords(problem)}</p>}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button loading={busy} disabled={!ready} onClick={set}>Set it</Button>
        </div>
      </div>
    </Modal>
  );
}
