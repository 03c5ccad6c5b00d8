import { PageHead } from "../frame/PageHead";
import { Link } from "../navigation/navigate";
import { guardParts, type GuardPart, type Route } from "../navigation/route";
import { CorporaPart } from "./CorporaPart";
import css from "./guard.module.css";
import { MarkedPart } from "./MarkedPart";
import { RunView } from "./RunView";
import { TryPart } from "./TryPart";

export type GuardRoute = Extract<Route, { page: "guard" }>;

const partNames: Record<GuardPart, string> = { text: "Try it", corpora: "Corpora", marked: "Marked mistakes" };

/** The guard's workbench: a text or a picture is tried, corpora are run and compared, mistakes are marked. */
export function GuardPage({ route }: { route: GuardRoute }) {
  return (
    <div className="st-page">
      <PageHead title="Guard">See what the guard finds and why, how well it does, and where it is wrong. Nothing that you try counts as traffic.</PageHead>
      <nav className={css.parts} aria-label="Parts of the workbench">
        {guardParts.map((part) => (
          <Link key={part} to={{ page: "guard", part, run: "", from: "" }} aria-current={route.part === part ? "page" : undefined}>{partNames[part]}</Link>
        ))}
      </nav>
      {route.part === "text" && <TryPart />}
      {route.part === "corpora" && (route.run ? <RunView key={route.run} route={route} /> : <CorporaPart />)}
      {route.part === "marked" && <MarkedPart />}
    </div>
  );
}
