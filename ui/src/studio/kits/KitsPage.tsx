import { IconPalette } from "../icons";
import { useState } from "react";
import { fetchKits, type Kit } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { atWidth } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import css from "./kits.module.css";
import { Upload } from "./Upload";

/** All versions of all brand kits, with their marks and colours. */
export function KitsPage() {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded("kits", fetchKits);
  const [ground, setGround] = useState<"light" | "dark">("light");
  return (
    <div className="st-page">
      <PageHead title="Brand kits">A kit holds a brand’s marks, colours, type and rules. A version never changes: upload a new one and choose it in the campaign.</PageHead>
      {can("producer") && <Upload onStored={reload} />}
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the kits" />
      ) : data.length === 0 ? (
        <EmptyState icon={<IconPalette size={28} stroke={1.5} />} title="No brand kit yet">
          {can("producer") ? "First make a ZIP of a kit’s folder, with kit.json at its root, and drop it above." : "A producer can upload one here."}
        </EmptyState>
      ) : (
        <>
          <div className={css.ground} role="radiogroup" aria-label="Show marks on">
            <span>Show marks on</span>
            {(["light", "dark"] as const).map((g) => <button key={g} type="button" role="radio" aria-checked={ground === g} onClick={() => setGround(g)}>{g === "light" ? "Light" : "Dark"}</button>)}
          </div>
          <div className={css.kits}>{data.map((kit) => <KitCard key={`${kit.id} ${kit.version}`} kit={kit} ground={ground} />)}</div>
        </>
      )}
    </div>
  );
}

function KitCard({ kit, ground }: { kit: Kit; ground: "light" | "dark" }) {
  return (
    <article className={css.kit}>
      <header>
        <h2>{kit.name || kit.id}</h2>
        <span className={css.version}>version {kit.version}</span>
        <code title={`SHA-256 ${kit.hash}`}>{kit.hash.slice(0, 12)}</code>
      </header>
      <h3>{kit.marks.length === 1 ? "One mark" : `${kit.marks.length} marks`}</h3>
      <ul className={css.marks}>
        {kit.marks.map((mark) => (
          <li key={mark.id}>
            <span data-ground={ground}><img src={atWidth(mark.image_url, 320)} alt="" loading="lazy" /></span>
            {mark.name || mark.id}
            <code>{mark.id}</code>
          </li>
        ))}
      </ul>
      <h3>{kit.colors.length} colours</h3>
      <ul className={css.colors}>
        {kit.colors.map((c) => (
          <li key={c.name}>
            <i style={{ background: c.value }} />
            {c.name}
            <code>{c.value}</code>
          </li>
        ))}
      </ul>
    </article>
  );
}
