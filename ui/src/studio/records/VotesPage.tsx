import { Select } from "@mantine/core";
import { IconHandStop } from "../icons";
import { fetchCampaigns, fetchCappedAddresses, type CappedAddress } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { whenWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { go, Link } from "../navigation/navigate";
import css from "./records.module.css";

/** Network addresses whose votes were capped, for one campaign. */
export function VotesPage({ campaign }: { campaign: string }) {
  const campaigns = useLoaded("campaigns", fetchCampaigns);
  const slug = campaign || campaigns.data?.[0]?.slug || "";
  const choices = (campaigns.data ?? []).map((c) => ({ value: c.slug, label: c.name || c.slug }));
  return (
    <div className="st-page">
      <PageHead title="Capped votes" actions={choices.length > 0 && <Select aria-label="Campaign" data={choices} value={slug} onChange={(v) => go({ page: "votes", campaign: v ?? "" }, true)} />}>
        When one network address votes more often in a day than the campaign allows, the rest is refused and counted here. An address is a keyed hash that changes daily: it can’t be turned back or followed.
      </PageHead>
      {!campaigns.data ? (
        campaigns.problem ? <FailedState problem={campaigns.problem} onRetry={campaigns.reload} /> : <LoadingState what="the campaigns" />
      ) : !slug ? (
        <EmptyState icon={<IconHandStop size={28} stroke={1.5} />} title="No campaign yet">Make a campaign under <Link to={{ page: "campaigns" }}>Campaigns</Link> first; its votes are then counted here.</EmptyState>
      ) : (
        <Addresses slug={slug} />
      )}
    </div>
  );
}

function Addresses({ slug }: { slug: string }) {
  const { data, problem, reload } = useLoaded(`addresses ${slug}`, (signal) => fetchCappedAddresses(slug, signal));
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the addresses" />;
  if (data.length === 0) {
    return (
      <EmptyState icon={<IconHandStop size={28} stroke={1.5} />} title="No address was capped">
        Nothing to do. The limit is set under <Link to={{ page: "campaign", slug }}>the campaign’s limits</Link>.
      </EmptyState>
    );
  }
  const most = Math.max(...data.map((a) => a.votes + a.refused), 1);
  const columns: Column<CappedAddress>[] = [
    { name: "Day", value: (a) => a.day, render: (a) => <span className={css.when}>{a.day}</span> },
    { name: "Address", value: (a) => a.address, render: (a) => <code title={a.address}>{a.address.slice(0, 16)}</code> },
    { name: "Counted", value: (a) => a.votes, align: "end" },
    { name: "Refused", value: (a) => a.refused, align: "end" },
    { name: "Counted and refused", value: (a) => a.votes + a.refused, wideOnly: true, render: (a) => <Bar counted={a.votes} refused={a.refused} most={most} /> },
    { name: "Last vote", value: (a) => a.last_at, render: (a) => whenWords(a.last_at), wideOnly: true },
  ];
  return <DataTable label="Capped addresses" file={`capped-votes-${slug}`} columns={columns} rows={data} rowKey={(a) => `${a.day} ${a.address}`} filterHint="Filter addresses" />;
}

function Bar({ counted, refused, most }: { counted: number; refused: number; most: number }) {
  const width = (n: number) => ({ width: `${(100 * n) / most}%` });
  return <span className={css.bar} role="img" aria-label={`${counted} counted, ${refused} refused`}><i style={width(counted)} /><i style={width(refused)} /></span>;
}
