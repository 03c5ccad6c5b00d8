import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { fetchCampaigns } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { PageHead } from "../frame/PageHead";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { IconCoins, IconDownload } from "../icons";
import { go } from "../navigation/navigate";
import { sentence } from "../review/evidence";
import { costsQuery, fetchCosts, type Cost } from "./api";
import { Budgets } from "./Budgets";
import css from "./money.module.css";
import { Bars, Days } from "./Plots";
import { amountWords, days, groups, measures, moneyWords, type Measure } from "./sums";

const FIRST_ROWS = 50;

const tops: Record<Measure, string> = { money: "Spent", calls: "Calls", pictures: "Pictures", tokens: "Tokens" };

/** What calls to models cost: budgets and alerts, then plots by day, campaign, model and outcome. */
export function CostsPage({ campaign }: { campaign: string }) {
  const campaigns = useLoaded("campaigns", fetchCampaigns);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [measure, setMeasure] = useState<Measure>("money");
  const filter = { campaign, from, until };
  const { data, problem, reload } = useLoaded(`costs ${costsQuery(filter)}`, (signal) => fetchCosts(filter, signal));
  const filtered = campaign !== "" || from !== "" || until !== "";
  return (
    <div className="st-page">
      <PageHead title="Costs">What calls to models cost, and what may still be spent. A call whose cost nobody told counts as all that was reserved for it.</PageHead>
      <Budgets campaigns={campaigns.data ?? []} />
      <div className={css.filters}>
        <Select aria-label="Campaign" data={[{ value: "", label: "All campaigns" }, ...(campaigns.data ?? []).map((c) => ({ value: c.slug, label: c.name || c.slug }))]} value={campaign} onChange={(v) => go({ page: "costs", campaign: v ?? "" }, true)} />
        <TextInput type="date" aria-label="From" title="From" max={until || undefined} value={from} onChange={(e) => setFrom(e.currentTarget.value)} />
        <TextInput type="date" aria-label="Until" title="Until" min={from || undefined} value={until} onChange={(e) => setUntil(e.currentTarget.value)} />
        <SegmentedControl size="sm" aria-label="What the plots count" data={measures} value={measure} onChange={(v) => setMeasure(v as Measure)} />
        <Button component="a" href={`/api/v1/studio/costs.csv${costsQuery(filter)}`} download variant="default" leftSection={<IconDownload size={15} />}>CSV</Button>
      </div>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the costs" />
      ) : data.costs.length === 0 ? (
        <EmptyState icon={<IconCoins size={28} stroke={1.5} />} title={filtered ? "No call in this time" : "Nothing was spent yet"}>
          {filtered ? "Choose another campaign or a longer time." : "The built-in painter costs nothing. First connect a model’s provider; each of its calls is then counted here."}
        </EmptyState>
      ) : (
        <Plots costs={data.costs} measure={measure} currency={data.currency} />
      )}
    </div>
  );
}

function Plots({ costs, measure, currency }: { costs: Cost[]; measure: Measure; currency: string }) {
  const [whole, setWhole] = useState(false);
  const all = (m: Measure) => costs.reduce((sum, c) => sum + c[m], 0);
  const made = costs.filter((c) => c.outcome === "made").reduce((sum, c) => sum + c.calls, 0);
  const words = (value: number) => amountWords(value, measure, currency);
  const columns: Column<Cost>[] = [
    { name: "Day", value: (c) => c.day, render: (c) => <span className={css.when}>{c.day}</span> },
    { name: "Campaign", value: (c) => c.campaign || "none", wideOnly: true },
    { name: "Model", value: (c) => `${c.provider} ${c.model}`, render: (c) => <span>{c.provider} <small className="st-soft">{c.model}</small></span> },
    { name: "For", value: (c) => c.capability, wideOnly: true },
    { name: "Outcome", value: (c) => outcomeWords(c.outcome), wideOnly: true },
    { name: "Calls", value: (c) => c.calls, align: "end", wideOnly: true },
    { name: "Pictures", value: (c) => c.pictures, align: "end", wideOnly: true },
    { name: "Tokens", value: (c) => c.tokens, align: "end", wideOnly: true },
    { name: "Cost", value: (c) => c.money, render: (c) => moneyWords(c.money, currency), align: "end" },
  ];
  return (
    <>
      <div className={css.tops}>
        {(["money", "calls", "pictures", "tokens"] as Measure[]).map((m) => (
          <section key={m} className={`st-panel ${css.top}`} aria-label={tops[m]}>
            <h2>{tops[m]}</h2>
            <p>{amountWords(all(m), m, currency)}</p>
            <small>{m === "calls" ? `${Math.round((100 * made) / Math.max(1, all("calls")))} % made something` : m === "money" ? `${moneyWords(all("money") / Math.max(1, all("calls")), currency)} a call` : " "}</small>
          </section>
        ))}
      </div>
      <Days label={`${tops[measure]} by day`} days={days(costs, measure)} measure={measure} currency={currency} />
      <div className={css.plots}>
        <Bars label="By campaign" groups={groups(costs, measure, (c) => c.campaign || "No campaign")} words={words} />
        <Bars label="By model" groups={groups(costs, measure, (c) => `${c.provider}, ${c.model}`)} words={words} />
        <Bars label="By outcome" groups={groups(costs, measure, (c) => outcomeWords(c.outcome))} words={words} />
      </div>
      <DataTable label="All costs" file="costs-shown" columns={columns} rows={whole ? costs : costs.slice(0, FIRST_ROWS)} rowKey={(c) => [c.day, c.campaign, c.capability, c.provider, c.model, c.outcome].join("|")} filterHint="Filter costs"
        foot={!whole && costs.length > FIRST_ROWS && <Button size="xs" variant="subtle" onClick={() => setWhole(true)}>Show all {costs.length} rows</Button>}
      />
    </>
  );
}

const outcomeWords = (outcome: string) => (outcome === "" ? "Under way" : sentence(outcome));
