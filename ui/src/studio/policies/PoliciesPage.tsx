import { fetchPeople } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { Link } from "../navigation/navigate";
import { fetchPolicies, type Layer, type Pack } from "./api";
import { PackView } from "./PackView";
import css from "./policies.module.css";
import { Propose } from "./Propose";
import { Versions } from "./Versions";

const layers: { id: Layer; title: string }[] = [
  { id: "platform", title: "Everywhere" }, { id: "company", title: "Company" }, { id: "brand", title: "Brands" }, { id: "campaign", title: "Campaigns" }, { id: "market", title: "Markets" },
];

/** The policy packs in force by layer, their rules, and the versions that two people bring in. */
export function PoliciesPage({ pack }: { pack: string }) {
  const { can } = useSeat();
  const { data, problem, reload } = useLoaded("policies", fetchPolicies);
  const people = useLoaded(can("admin") ? "people" : "no people", can("admin") ? fetchPeople : () => Promise.resolve([]));
  const chosen = data?.packs.find((p) => p.id === pack) ?? data?.packs[0];
  const nameOf = (id: string) => people.data?.find((p) => p.id === id)?.name ?? "";
  return (
    <div className="st-page">
      <PageHead title="Policies">Packs of rules are asked from top to bottom, and the strictest answer wins. A new version takes two people: one proposes it, another puts it into force.</PageHead>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the policies" />
      ) : (
        <>
          {can("producer") && <Propose onProposed={reload} />}
          <Versions versions={data.versions} nameOf={nameOf} onChanged={reload} />
          <div className={css.packs}>
            <nav className={css.list} aria-label="Packs in force">
              {layers.map(({ id, title }) => {
                const own = data.packs.filter((p) => p.layer === id);
                if (own.length === 0) return null;
                return (
                  <section key={id}>
                    <h2>{title}</h2>
                    <ul>{own.map((p) => <li key={p.id}><Item pack={p} here={p.id === chosen?.id} /></li>)}</ul>
                  </section>
                );
              })}
            </nav>
            {chosen && <PackView key={chosen.id} pack={chosen} />}
          </div>
        </>
      )}
    </div>
  );
}

/** A few markets by their codes, many by their number. */
const marketWords = (markets: string[]) => (markets.length > 3 ? `${markets.length} markets` : markets.join(", "));

function Item({ pack, here }: { pack: Pack; here: boolean }) {
  return (
    <Link to={{ page: "policies", pack: pack.id }} aria-current={here ? "page" : undefined}>
      <span>{pack.title}</span>
      <small>{marketWords(pack.markets ?? []) || (pack.builtin ? "" : "by staff")}</small>
    </Link>
  );
}
