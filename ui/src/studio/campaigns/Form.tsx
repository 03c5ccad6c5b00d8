import { IconAlertTriangle, IconCircleCheck } from "../icons";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { CampaignRecord, CampaignState, CheckProblem, JsonObject } from "../../shared/staff";
import { fetchKits } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { EditingContext, type Editing } from "./editing";
import { withValue } from "./file";
import css from "./form.module.css";
import { JsonForm } from "./JsonForm";
import { LocaleBar } from "./LocaleBar";
import { problemsIn } from "./problems";
import { Basics, BuilderForm, Dates, Limits, Marks, Markets, Terms, Texts } from "./SectionForms";
import { sectionOf, sections, type SectionId } from "./sections";
import { localesOf } from "./texts";

interface Props {
  file: JsonObject;
  state: CampaignState;
  problems: CheckProblem[];
  checking: boolean;
  /** Why the file could not be checked, "" if it could. */
  unchecked: string;
  budget: CampaignRecord["budget"];
  isNew: boolean;
  readOnly: boolean;
  onFile: (change: (file: JsonObject) => JsonObject) => void;
  onState: (state: CampaignState) => void;
  /** What stands above the problems at the right. */
  aside: ReactNode;
}

/** The whole campaign file as a form: its parts at the left, what does not hold at the right. */
export function Form({ file, state, problems, checking, unchecked, budget, isNew, readOnly, onFile, onState, aside }: Props) {
  const [section, setSection] = useState<SectionId>("basics");
  const [wanted, setWanted] = useState("");
  const locales = localesOf(file);
  const normal = locales[0] ?? "en";
  const [chosen, setLocale] = useState(normal);
  const locale = locales.includes(chosen) ? chosen : normal;
  const kits = useLoaded("kits", fetchKits).data;

  const editing = useMemo<Editing>(
    () => ({ file, problems, locale, normal, readOnly, change: onFile, set: (path, value) => onFile((f) => withValue(f, path, value)) }),
    [file, problems, locale, normal, readOnly, onFile],
  );

  const show = (path: string) => {
    setSection(sectionOf(path));
    const named = locales.find((l) => path.split(/[.[\]]/).includes(l));
    if (named) setLocale(named);
    setWanted(path);
  };
  useEffect(() => {
    if (!wanted) return;
    setWanted("");
    focusField(wanted);
  }, [wanted]);

  return (
    <EditingContext value={editing}>
      <div className={css.form}>
        <nav className={css.sections} aria-label="Parts of the campaign">
          {sections.map((s) => {
            const count = problemsIn(problems, s.paths).length;
            return (
              <button key={s.id} type="button" aria-current={s.id === section || undefined} onClick={() => setSection(s.id)}>
                {s.label}
                {count > 0 && <span className={css.badge} title={`${count} to mend`}>{count}</span>}
              </button>
            );
          })}
        </nav>
        <div className={css.fields}>
          {section !== "json" && section !== "dates" && section !== "limits" && <LocaleBar onLocale={setLocale} />}
          {section === "basics" && <Basics kits={kits} isNew={isNew} />}
          {section === "dates" && <Dates state={state} onState={onState} isNew={isNew} />}
          {section === "markets" && <Markets />}
          {section === "texts" && <Texts />}
          {section === "builder" && <BuilderForm />}
          {section === "marks" && <Marks kits={kits ?? []} />}
          {section === "terms" && <Terms />}
          {section === "limits" && <Limits budget={budget} />}
          {section === "json" && <JsonForm />}
        </div>
        <aside className={css.aside} aria-label="What the check says">
          {aside}
          <Problems problems={problems} checking={checking} unchecked={unchecked} onShow={show} />
        </aside>
      </div>
    </EditingContext>
  );
}

function Problems({ problems, checking, unchecked, onShow }: { problems: CheckProblem[]; checking: boolean; unchecked: string; onShow: (path: string) => void }) {
  return (
    <section className={css.problems} aria-live="polite" aria-busy={checking}>
      <h2>{problems.length === 0 ? "Check" : problems.length === 1 ? "One thing to mend" : `${problems.length} things to mend`}</h2>
      {unchecked ? (
        <p className={css.bad}><IconAlertTriangle size={16} /> {unchecked}</p>
      ) : problems.length === 0 ? (
        <p className={css.good}><IconCircleCheck size={17} stroke={1.8} /> {checking ? "Checking…" : "Everything holds."}</p>
      ) : (
        <ul>
          {problems.map((p, i) => (
            <li key={i}>
              <button type="button" onClick={() => onShow(p.path)}>
                {p.message || p.code}
                {p.path && <code>{p.path}</code>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Brings the field of a place, or of the nearest place around it, into view. */
function focusField(path: string): void {
  for (let at = path; at !== ""; at = at.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, "")) {
    const field = document.getElementById(at);
    if (!field) continue;
    for (let box = field.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    return;
  }
}
