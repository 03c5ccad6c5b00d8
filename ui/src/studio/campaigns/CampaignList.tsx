import { Button } from "@mantine/core";
import { IconExternalLink, IconPlus, IconSpeakerphone } from "../icons";
import { fetchCampaigns, type CampaignRow } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { dayWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { go, Link } from "../navigation/navigate";
import css from "./form.module.css";

const columns: Column<CampaignRow>[] = [
  { name: "Campaign", value: (c) => c.name || c.slug, render: (c) => <Link className={css.rowName} to={{ page: "campaign", slug: c.slug }}>{c.name || c.slug}</Link> },
  { name: "State", value: (c) => c.state, render: (c) => <span className={css.stateTag} data-state={c.state}>{c.state}</span> },
  { name: "Opens", value: (c) => c.opens, render: (c) => dayWords(c.opens), wideOnly: true },
  { name: "Closes", value: (c) => c.closes, render: (c) => dayWords(c.closes), wideOnly: true },
  { name: "Brand kit", value: (c) => `${c.kit} ${c.kit_version}`, render: (c) => <>{c.kit} <span className="st-soft">{c.kit_version}</span></>, wideOnly: true },
  { name: "Revision", value: (c) => c.revision, align: "end", wideOnly: true },
  { name: "Public page", value: (c) => `/c/${c.slug}`, render: (c) => <a className={css.inline} href={`/c/${encodeURIComponent(c.slug)}`} target="_blank" rel="noopener">/c/{c.slug} <IconExternalLink size={13} /></a> },
];

/** All campaigns. */
export function CampaignList() {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded("campaigns", fetchCampaigns);
  const start = can("producer") && <Button leftSection={<IconPlus size={17} />} onClick={() => go({ page: "new-campaign", from: "" })}>New campaign</Button>;
  return (
    <div className="st-page">
      <PageHead title="Campaigns" actions={start}>A campaign is one file: its brand, markets, texts, builder, terms and limits.</PageHead>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the campaigns" />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconSpeakerphone size={28} stroke={1.5} />} title="No campaign yet" action={start}>
          First upload a brand kit under <Link to={{ page: "kits" }}>Brand kits</Link>, then make a campaign with it.
        </EmptyState>
      ) : (
        <DataTable label="Campaigns" file="campaigns" columns={columns} rows={data} rowKey={(c) => c.slug} filterHint="Filter campaigns" />
      )}
    </div>
  );
}
