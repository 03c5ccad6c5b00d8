import { Button, Select } from "@mantine/core";
import { useEffect } from "react";
import { fetchKits, type Kit } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { IconDownload, IconPalette } from "../icons";
import { go, Link } from "../navigation/navigate";
import { kitParts, type KitPart, type Route } from "../navigation/route";
import { fetchKit, zipAddress, type KitPageData } from "./api";
import { ColoursPart } from "./ColoursPart";
import css from "./kit.module.css";
import { MarksPart } from "./MarksPart";
import { RightsPart } from "./RightsPart";
import { RulesPart } from "./RulesPart";
import { TypePart } from "./TypePart";
import { VersionsPart } from "./VersionsPart";
import { newest } from "./versions";
import { VoicePart } from "./VoicePart";

type KitRoute = Extract<Route, { page: "kit" }>;

/** One brand kit: the version that the address names, else the newest. */
export function KitPage({ route }: { route: KitRoute }) {
  const { data, problem, reload } = useLoaded("kits", fetchKits);
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the kit" />;
  const versions = data.filter((k: Kit) => k.id === route.id).map((k) => k.version);
  const version = route.version || newest(versions);
  if (!version || !versions.includes(version)) {
    return (
      <EmptyState icon={<IconPalette size={28} stroke={1.5} />} title={`There is no kit ${route.id} ${route.version}`}>
        <Link to={{ page: "kits" }}>See all kits</Link>
      </EmptyState>
    );
  }
  return <Version route={{ ...route, version }} versions={versions} />;
}

const partNames: Record<KitPart, string> = {
  marks: "Marks", colours: "Colours", type: "Type", voice: "Voice", rules: "Rules", rights: "Rights", versions: "Versions",
};

function Version({ route, versions }: { route: KitRoute; versions: string[] }) {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded(`kit ${route.id} ${route.version}`, (signal) => fetchKit(route.id, route.version, signal));
  useEffect(() => {
    document.querySelector("[aria-current=true][data-part]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [route.part, data]);
  const users = data?.versions.find((v) => v.version === route.version)?.campaigns ?? [];
  return (
    <div className="st-page">
      <PageHead
        title={data?.name || route.id}
        actions={
          <>
            <Select
              w="9.5rem" aria-label="Version" allowDeselect={false} value={route.version}
              data={versions.map((v) => ({ value: v, label: `Version ${v}` }))} onChange={(v) => v && go({ ...route, version: v, since: "" })}
            />
            {can("producer") && <Button component="a" href={zipAddress(route.id, route.version)} variant="default" leftSection={<IconDownload size={16} />}>Download ZIP</Button>}
          </>
        }
      >
        {users.length === 0 ? "No campaign uses this version." : (
          <>Used by {users.map((c, i) => <span key={c.slug}>{i > 0 && ", "}<Link to={{ page: "campaign", slug: c.slug }}>{c.name || c.slug}</Link> ({c.state})</span>)}.</>
        )}
      </PageHead>
      <nav className={css.parts} aria-label="Parts of the kit">
        {kitParts.map((part) => (
          <Link key={part} to={{ ...route, part, since: "" }} data-part aria-current={route.part === part || undefined}>
            {partNames[part]}
            <Count part={part} kit={data} />
          </Link>
        ))}
      </nav>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the kit" />
      ) : (
        <Part route={route} kit={data} onMoved={reload} />
      )}
    </div>
  );
}

function Count({ part, kit }: { part: KitPart; kit: KitPageData | undefined }) {
  if (!kit) return null;
  if (part === "rights") {
    const ended = kit.rights.filter((r) => r.state === "ended").length;
    const soon = kit.rights.filter((r) => r.state === "ending").length;
    if (ended + soon === 0) return null;
    return <b data-tone={ended > 0 ? "no" : "hold"} aria-label={`${ended} ended, ${soon} end within 90 days`}>{ended + soon}</b>;
  }
  const counts: Partial<Record<KitPart, number>> = { marks: kit.marks.length, rules: kit.rules.length, versions: kit.versions.length };
  const count = counts[part];
  return count === undefined ? null : <small>{count}</small>;
}

function Part({ route, kit, onMoved }: { route: KitRoute; kit: KitPageData; onMoved: () => void }) {
  switch (route.part) {
    case "colours": return <ColoursPart kit={kit} />;
    case "type": return <TypePart kit={kit} />;
    case "voice": return <VoicePart kit={kit} />;
    case "rules": return <RulesPart kit={kit} />;
    case "rights": return <RightsPart kit={kit} />;
    case "versions": return <VersionsPart kit={kit} route={route} onMoved={onMoved} />;
    default: return <MarksPart kit={kit} />;
  }
}
