import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useLoaded } from "../data/loaded";
import { dayWords, whenWords } from "../data/words";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { IconArrowsDiff } from "../icons";
import { go, Link } from "../navigation/navigate";
import type { Route } from "../navigation/route";
import { fetchChanges, type KitCampaign, type KitPageData } from "./api";
import { ChangesView } from "./ChangesView";
import { MoveDialog } from "./MoveDialog";
import css from "./versions.module.css";

type KitRoute = Extract<Route, { page: "kit" }>;

/** Who added a version, by role; the command line acts as the system. */
const adder = (role: string) => (role === "system" ? "the command line" : `a${role === "admin" ? "n" : ""} ${role}`);

/** All versions with the campaigns that use them, what differs between two, and moving a campaign to this one. */
export function VersionsPart({ kit, route, onMoved }: { kit: KitPageData; route: KitRoute; onMoved: () => void }) {
  const { can } = useSeat();
  const [moving, setMoving] = useState<{ campaign: KitCampaign; from: string } | null>(null);
  const others = kit.versions.filter((v) => v.version !== kit.version);
  return (
    <>
      <ol className={`st-panel ${css.versions}`} aria-label="Versions, the newest first">
        {kit.versions.map((v) => (
          <li key={v.version} data-this={v.version === kit.version || undefined}>
            <div className={css.version}>
              <Link to={{ ...route, version: v.version, since: "" }} aria-current={v.version === kit.version || undefined}>{v.version}</Link>
              <time dateTime={v.added_at} title={whenWords(v.added_at)}>{v.added_by ? `by ${adder(v.added_by)}, ` : ""}{dayWords(v.added_at)}</time>
            </div>
            <ul className={css.users}>
              {v.campaigns.length === 0 && <li className="st-soft">No campaign</li>}
              {v.campaigns.map((c) => (
                <li key={c.slug}>
                  <Link to={{ page: "campaign", slug: c.slug }}>{c.name || c.slug}</Link> <small>{c.state}</small>
                  {can("producer") && v.version !== kit.version && (
                    <Button size="compact-xs" variant="light" onClick={() => setMoving({ campaign: c, from: v.version })}>Move to {kit.version}</Button>
                  )}
                </li>
              ))}
            </ul>
            {v.version !== kit.version && (
              <Button size="compact-sm" variant={route.since === v.version ? "filled" : "default"} leftSection={<IconArrowsDiff size={14} />} onClick={() => go({ ...route, since: v.version })}>
                Compare
              </Button>
            )}
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <Select
          className={css.since} label={`What differs in ${kit.version} from`} placeholder="Choose a version" value={route.since || null}
          data={others.map((v) => ({ value: v.version, label: `Version ${v.version}` }))} onChange={(v) => v && go({ ...route, since: v })}
        />
      )}
      {route.since && route.since !== kit.version && <Difference kit={kit} since={route.since} />}
      {moving && <MoveDialog campaign={moving.campaign} kit={kit} from={moving.from} onClose={() => setMoving(null)} onMoved={onMoved} />}
    </>
  );
}

function Difference({ kit, since }: { kit: KitPageData; since: string }) {
  const { data, problem, reload } = useLoaded(`changes ${kit.id} ${since} ${kit.version}`, (signal) => fetchChanges(kit.id, since, kit.version, signal));
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="what differs" />;
  return <ChangesView changes={data} />;
}
