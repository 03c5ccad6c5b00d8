import { IconExternalLink } from "../icons";
import { kindWords, sentence } from "../review/evidence";
import type { Pack, Rule, Source } from "./api";
import css from "./policies.module.css";

/** One pack: whom it is for, where it comes from, and its rules. */
export function PackView({ pack }: { pack: Pack }) {
  const whose = [...(pack.for ?? []), ...(pack.markets ?? [])];
  return (
    <article className={`st-panel ${css.pack}`} aria-label={pack.title}>
      <header>
        <h2>{pack.title}</h2>
        <p className="st-soft"><code>{pack.id}</code> version {pack.version} · {pack.builtin ? "came with Marquee" : "brought in by staff"} · tested with {pack.cases} {pack.cases === 1 ? "example" : "examples"}{whose.length > 0 && ` · for ${whose.join(", ")}`}</p>
        {pack.about && <p>{pack.about}</p>}
        {pack.source && <From source={pack.source} />}
        {(pack.sufficient ?? []).length > 0 && <p className="st-soft">While a hosted moderator is down, the built-in checks suffice for: {(pack.sufficient ?? []).map((s) => sentence(s).toLowerCase()).join(", ")}.</p>}
      </header>
      <ol className={css.rules}>{(pack.rules ?? []).map((rule) => <RuleItem key={rule.id} rule={rule} />)}</ol>
    </article>
  );
}

function RuleItem({ rule }: { rule: Rule }) {
  return (
    <li>
      <span className={css.outcome} data-outcome={rule.then || "duty"}>{rule.then || "duty"}</span>
      <div>
        <p><b>{rule.because}</b></p>
        <p className={css.when}>
          <code>{rule.id}</code>
          {(rule.kinds ?? []).map((k) => <span key={k}>{kindWords(k)}</span>)}
          {(rule.stages ?? []).length > 0 && <em>at {(rule.stages ?? []).map((s) => sentence(s).toLowerCase()).join(", ")}</em>}
        </p>
        {rule.when && <pre tabIndex={0}>{rule.when}</pre>}
        {(rule.duties ?? []).length > 0 && <p className={css.duties}>To be done: {(rule.duties ?? []).map((d, i) => <span key={i} title={Object.entries(d.with ?? {}).map(([k, v]) => `${k}: ${v}`).join("\n")}>{sentence(d.do).toLowerCase()}</span>)}</p>}
        {rule.source && <From source={rule.source} />}
      </div>
    </li>
  );
}

function From({ source }: { source: Source }) {
  return (
    <p className={css.source}>
      {source.url ? <a href={source.url} target="_blank" rel="noopener noreferrer">{source.name} <IconExternalLink size={13} aria-hidden /></a> : source.name}, read {source.date}{source.since && `, holds since ${source.since}`}
    </p>
  );
}
