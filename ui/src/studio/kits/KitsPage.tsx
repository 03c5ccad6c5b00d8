import { Button } from "@mantine/core";
import { fetchKits, type Kit } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { atWidth } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { IconFileImport, IconPalette } from "../icons";
import { go, Link } from "../navigation/navigate";
import css from "./kits.module.css";
import { Upload } from "./Upload";
import { byVersion } from "./versions";

/** All brand kits, each with its newest version's marks and colours. */
export function KitsPage() {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded("kits", fetchKits);
  const start = can("producer") && <Button variant="default" leftSection={<IconFileImport size={17} />} onClick={() => go({ page: "kit-import" })}>Begin from a file</Button>;
  return (
    <div className="st-page">
      <PageHead title="Brand kits" actions={start}>A kit holds a brand’s marks, colours, type and rules. A version never changes: upload a new one, and move campaigns to it when you are ready.</PageHead>
      {can("producer") && <Upload onStored={reload} />}
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the kits" />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconPalette size={28} stroke={1.5} />} title="No brand kit yet" action={start}>
          {can("producer") ? "First make a ZIP of a kit’s folder, with kit.json at its root, and drop it above. Or begin from your design tokens, logo or brand book." : "A producer can upload one here."}
        </EmptyState>
      ) : (
        <div className={css.kits}>{byKit(data).map((versions) => <KitCard key={versions[0]!.id} versions={versions} />)}</div>
      )}
    </div>
  );
}

/** The versions of each kit together, the newest first. */
function byKit(kits: Kit[]): Kit[][] {
  const groups = new Map<string, Kit[]>();
  for (const kit of kits) groups.set(kit.id, [...(groups.get(kit.id) ?? []), kit]);
  return [...groups.values()].map((versions) => versions.sort((a, b) => byVersion(b.version, a.version)));
}

function KitCard({ versions }: { versions: Kit[] }) {
  const kit = versions[0]!;
  // Roles repeat the colours that they stand for.
  const own = kit.colors.filter((c, i, all) => all.findIndex((o) => o.value === c.value) === i).slice(0, 16);
  const to = { page: "kit", id: kit.id, version: "", part: "marks", since: "" } as const;
  return (
    <article className={css.kit}>
      <header>
        <h2><Link to={to}>{kit.name || kit.id}</Link></h2>
        <span className={css.version}>version {kit.version}</span>
        {versions.length > 1 && <Link className={css.more} to={{ ...to, part: "versions" }}>{versions.length} versions</Link>}
      </header>
      <ul className={css.marks} aria-label="Marks">
        {kit.marks.slice(0, 6).map((mark) => <li key={mark.id}><img src={atWidth(mark.image_url, 320)} alt={mark.name || mark.id} loading="lazy" /></li>)}
      </ul>
      <ul className={css.strip} aria-label="Colours">
        {own.map((c) => <li key={c.name} style={{ background: c.value }} title={`${c.name} ${c.value}`} />)}
      </ul>
    </article>
  );
}
