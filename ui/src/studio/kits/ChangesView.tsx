import { atWidth } from "../data/words";
import type { Change, Changes, ColorChange, MarkChange, Variant } from "./api";
import { grouped, valueWords, type ShortChange } from "./changes";
import css from "./changes.module.css";

/** What differs between two versions: marks side by side, colours, and each value by its place. */
export function ChangesView({ changes }: { changes: Changes }) {
  if (changes.changes.length === 0) return <p className={css.same}>Nothing differs between {changes.since} and {changes.version} but the number.</p>;
  return (
    <section aria-label={`What differs between ${changes.since} and ${changes.version}`}>
      {changes.marks.length > 0 && (
        <>
          <h2 className={css.title}>Drawings</h2>
          <div className={css.marks}>{changes.marks.map((m) => <MarkPair key={`${m.sticker} ${m.id}`} mark={m} since={changes.since} version={changes.version} />)}</div>
        </>
      )}
      {changes.colors.length > 0 && (
        <>
          <h2 className={css.title}>Colours</h2>
          <ul className={css.colors}>{changes.colors.map((c) => <ColorPair key={c.name} color={c} />)}</ul>
        </>
      )}
      <h2 className={css.title}>Values</h2>
      <ChangeList changes={changes.changes} />
    </section>
  );
}

function MarkPair({ mark, since, version }: { mark: MarkChange; since: string; version: string }) {
  return (
    <article className={`st-panel ${css.mark}`}>
      <header><h3>{mark.name || mark.id}</h3><code>{mark.id}</code><Kind kind={mark.kind} /></header>
      <div className={css.pair}>
        <Side title={since} variants={mark.before} none="not there" />
        <Side title={version} variants={mark.after} none="taken out" />
      </div>
    </article>
  );
}

function Side({ title, variants, none }: { title: string; variants: Variant[]; none: string }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      {variants.length === 0 ? <p className={css.nothing}>{none}</p> : variants.map((v) => (
        <span key={v.id || v.file} data-ground={v.ground}><img src={atWidth(v.image_url, 320)} alt={v.id || v.file} loading="lazy" /></span>
      ))}
    </figure>
  );
}

function ColorPair({ color }: { color: ColorChange }) {
  const kind = !color.before ? "added" : !color.after ? "removed" : "changed";
  return (
    <li>
      <span className={css.halves} aria-hidden>
        <i data-none={!color.before || undefined} style={color.before ? { background: color.before } : undefined} />
        <i data-none={!color.after || undefined} style={color.after ? { background: color.after } : undefined} />
      </span>
      <b>{color.name}</b>
      <code>{[color.before, color.after].filter(Boolean).join(" → ")}</code>
      <small>{kind === "changed" ? `ΔE ${(color.difference ?? 0).toFixed(1)}` : kind}</small>
    </li>
  );
}

function Kind({ kind }: { kind: string }) {
  return <span className={css.kind} data-kind={kind}>{kind}</span>;
}

/** Every change of a list, gathered by what it is about; what came or went as a whole is folded. */
export function ChangeList({ changes }: { changes: Change[] }) {
  return (
    <div className={`st-panel ${css.list}`}>
      {grouped(changes).map((group) => (
        <section key={group.title}>
          {group.whole ? (
            <details>
              <summary><h3>{group.title}</h3><Kind kind={group.whole} /></summary>
              <Lines changes={group.changes} />
            </details>
          ) : (
            <>
              <h3>{group.title}</h3>
              <Lines changes={group.changes} />
            </>
          )}
        </section>
      ))}
    </div>
  );
}

function Lines({ changes }: { changes: ShortChange[] }) {
  return (
    <ul>
      {changes.map((c) => (
        <li key={c.path} data-kind={c.kind} title={c.path}>
          <code>{c.short}</code>
          <span className="st-unseen">{c.kind}: </span>
          <span className={css.values}>
            {c.before && <del dir="auto">{valueWords(c.before)}</del>}
            {c.after && <ins dir="auto">{valueWords(c.after)}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}
