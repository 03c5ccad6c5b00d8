import { ActionIcon, Button, Checkbox, NumberInput, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "../icons";
import type { ReactNode } from "react";
import type { JsonObject } from "../../shared/staff";
import { fromField, toField, zone } from "./dates";
import { useEditing } from "./editing";
import { listAt, moved, pathText, textAt, textsAt, valueAt, type Path } from "./file";
import css from "./form.module.css";
import { problemsAt } from "./problems";

interface FieldProps {
  path: Path;
  label: string;
  hint?: ReactNode;
}

function useError(path: Path, exact = false): ReactNode {
  const found = problemsAt(useEditing().problems, path, exact);
  return found.length > 0 ? [...new Set(found.map((p) => p.message))].join(" ") : undefined;
}

/** A line of text. */
export function TextField({ path, label, hint, mono, readOnly: fixed }: FieldProps & { mono?: boolean; readOnly?: boolean }) {
  const { file, set, readOnly } = useEditing();
  return (
    <TextInput id={pathText(path)} label={label} description={hint} value={textAt(file, path)} readOnly={readOnly || fixed} error={useError(path)}
      classNames={mono ? { input: "st-mono" } : undefined} onChange={(e) => set(path, e.currentTarget.value)} />
  );
}

/** A text of several lines. */
export function LongField({ path, label, hint }: FieldProps) {
  const { file, set, readOnly } = useEditing();
  return <Textarea id={pathText(path)} dir="auto" label={label} description={hint} value={textAt(file, path)} readOnly={readOnly} error={useError(path)} onChange={(e) => set(path, e.currentTarget.value)} />;
}

/** A text in the locale that is being edited, with the default locale's beside it. `rest` is what lies behind the locale. */
export function LocalText({ path, rest = [], label, hint, long }: FieldProps & { rest?: Path; long?: boolean }) {
  const { file, set, locale, normal, readOnly } = useEditing();
  const own = [...path, locale, ...rest];
  const model = locale === normal ? "" : textAt(file, [...path, normal, ...rest]);
  const Input = long ? Textarea : TextInput;
  const whole = useError(path, true);
  return (
    <div>
      <Input
        id={pathText(own)} dir="auto" lang={locale} label={<>{label} <span className={css.lang}>{locale}</span></>} description={hint}
        value={textAt(file, own)} readOnly={readOnly} error={useError(own) ?? whole} onChange={(e: { currentTarget: { value: string } }) => set(own, e.currentTarget.value)}
      />
      {model && <p className={css.model} lang={normal} dir="auto"><span className={css.lang}>{normal}</span> {model}</p>}
    </div>
  );
}

/** A list of texts in the locale that is being edited, one line each. */
export function LocalLines({ path, label, hint, add }: FieldProps & { add: string }) {
  const { file, set, change, locale, normal, readOnly } = useEditing();
  const own = [...path, locale];
  const lines = listAt(file, own);
  const models = locale === normal ? [] : textsAt(file, [...path, normal]);
  const error = useError(path, true);
  const ownError = useError(own, true);
  return (
    <fieldset className={css.lines} id={pathText(own)} tabIndex={-1}>
      <legend>{label} <span className={css.lang}>{locale}</span></legend>
      {hint && <p className={css.hint}>{hint}</p>}
      {lines.map((_, i) => (
        <Line key={i} path={[...own, i]} label={`${label} ${i + 1}`} locale={locale} model={models[i]}>
          <Order readOnly={readOnly} first={i === 0} last={i === lines.length - 1} name={`${label} ${i + 1}`} onMove={(by) => change((f) => moved(f, own, i, by))} onRemove={() => set([...own, i], undefined)} />
        </Line>
      ))}
      {lines.length === 0 && models.length > 0 && <ul className={css.models} lang={normal}>{models.map((m, i) => <li key={i}>{m}</li>)}</ul>}
      {(error || ownError) && <p className={css.error}>{error} {ownError}</p>}
      {!readOnly && <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} />} onClick={() => set([...own, lines.length], "")}>{add}</Button>}
    </fieldset>
  );
}

function Line({ path, label, locale, model, children }: { path: Path; label: string; locale: string; model: string | undefined; children: ReactNode }) {
  const { file, set, readOnly } = useEditing();
  return (
    <div className={css.line}>
      <Textarea id={pathText(path)} minRows={1} dir="auto" lang={locale} aria-label={label} value={textAt(file, path)} readOnly={readOnly} error={useError(path)} description={model} inputWrapperOrder={["input", "description", "error"]} onChange={(e) => set(path, e.currentTarget.value)} />
      {children}
    </div>
  );
}

/** The small buttons that order a list. */
export function Order({ readOnly, first, last, name, onMove, onRemove }: { readOnly: boolean; first: boolean; last: boolean; name: string; onMove: (by: 1 | -1) => void; onRemove: () => void }) {
  if (readOnly) return null;
  return (
    <span className={css.order}>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} up`} disabled={first} onClick={() => onMove(-1)}><IconArrowUp size={15} /></ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} down`} disabled={last} onClick={() => onMove(1)}><IconArrowDown size={15} /></ActionIcon>
      <ActionIcon variant="subtle" color="brick" aria-label={`Remove ${name}`} onClick={onRemove}><IconTrash size={15} /></ActionIcon>
    </span>
  );
}

/** A whole number. */
export function NumberField({ path, label, hint, min, max }: FieldProps & { min: number; max?: number }) {
  const { file, set, readOnly } = useEditing();
  const value = valueAt(file, path);
  return (
    <NumberInput id={pathText(path)} label={label} description={hint} min={min} max={max} allowDecimal={false} thousandSeparator={max && max < 100 ? undefined : " "} clampBehavior="none"
      value={typeof value === "number" ? value : ""} readOnly={readOnly} error={useError(path)} onChange={(v) => set(path, typeof v === "number" ? v : undefined)} />
  );
}

/** A date and time; the file keeps it in UTC, and keeps what it had until it is changed. */
export function TimeField({ path, label }: FieldProps) {
  const { file, set, readOnly } = useEditing();
  const time = textAt(file, path);
  return (
    <TextInput id={pathText(path)} type="datetime-local" label={label} description={`Your time, ${zone()}. In the file: ${time || "not set"}`} inputWrapperOrder={["label", "input", "description", "error"]}
      value={toField(time)} readOnly={readOnly} error={useError(path)} onChange={(e) => { const next = fromField(e.currentTarget.value); if (next) set(path, next); }} />
  );
}

/** Yes or no. */
export function FlagField({ path, label, hint }: FieldProps) {
  const { file, set, readOnly } = useEditing();
  return <Checkbox id={pathText(path)} label={label} description={hint} checked={valueAt(file, path) === true} disabled={readOnly} error={useError(path)} onChange={(e) => set(path, e.currentTarget.checked)} />;
}

/** One of several; a value that is not among them stays to be seen. */
export function ChoiceField({ path, label, hint, choices }: FieldProps & { choices: { value: string; label: string }[] }) {
  const { file, set, readOnly } = useEditing();
  const value = textAt(file, path);
  const data = value === "" || choices.some((c) => c.value === value) ? choices : [...choices, { value, label: `${value} (unknown)` }];
  return <Select id={pathText(path)} label={label} description={hint} data={data} value={value || null} placeholder="Choose one" readOnly={readOnly} error={useError(path)} searchable={data.length > 12} onChange={(v) => v !== null && set(path, v)} />;
}

/** Short names such as codes, as tags. */
export function TagsField({ path, label, hint, known = [] }: FieldProps & { known?: string[] }) {
  const { file, set, readOnly } = useEditing();
  return <TagsInput id={pathText(path)} label={label} description={hint} data={known} value={textsAt(file, path)} readOnly={readOnly} error={useError(path)} placeholder={readOnly ? undefined : "Add"} splitChars={[",", " "]} onChange={(v) => set(path, v)} />;
}

/** Several of a few, each with a picture or words beside it; unknown ones that are chosen stay to be seen. */
export function SeveralField({ path, label, hint, choices }: FieldProps & { choices: { value: string; label: ReactNode }[] }) {
  const { file, set, readOnly } = useEditing();
  const chosen = textsAt(file, path);
  const unknown = chosen.filter((v) => !choices.some((c) => c.value === v)).map((value) => ({ value, label: `${value} (unknown)` as ReactNode }));
  const error = useError(path);
  return (
    <fieldset className={css.several} id={pathText(path)} tabIndex={-1}>
      <legend>{label}</legend>
      {hint && <p className={css.hint}>{hint}</p>}
      <div>
        {[...choices, ...unknown].map(({ value, label: name }) => (
          <Checkbox.Card key={value} className={css.card} checked={chosen.includes(value)} disabled={readOnly} onChange={(on) => set(path, on ? [...chosen, value] : chosen.filter((v) => v !== value))}>
            <Checkbox.Indicator size="xs" />
            <span>{name}</span>
          </Checkbox.Card>
        ))}
      </div>
      {error && <p className={css.error}>{error}</p>}
    </fieldset>
  );
}

/** A list of parts that can be added, ordered and taken away. */
export function PartsField({ path, label, add, make, title, children }: FieldProps & { add: string; make: () => JsonObject; title: (part: JsonObject, i: number) => string; children: (path: Path) => ReactNode }) {
  const { file, set, change, readOnly } = useEditing();
  const parts = listAt(file, path);
  const error = useError(path, true);
  return (
    <section className={css.parts} id={pathText(path)} tabIndex={-1} aria-label={label}>
      <header><h3>{label}</h3><span className="st-soft">{parts.length}</span></header>
      {error && <p className={css.error}>{error}</p>}
      {parts.map((part, i) => {
        const name = title(part as JsonObject, i) || `${label} ${i + 1}`;
        return (
          <details key={i} className={css.part} open={parts.length <= 3 || textAt(part, ["id"]) === "" && textAt(part, ["code"]) === "" && textAt(part, ["purpose"]) === ""}>
            <summary>
              <b>{name}</b>
              <PartProblems path={[...path, i]} />
            </summary>
            <div className={css.partBody}>
              {children([...path, i])}
              <Order readOnly={readOnly} first={i === 0} last={i === parts.length - 1} name={name} onMove={(by) => change((f) => moved(f, path, i, by))} onRemove={() => set([...path, i], undefined)} />
            </div>
          </details>
        );
      })}
      {!readOnly && <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => set([...path, parts.length], make())}>{add}</Button>}
    </section>
  );
}

function PartProblems({ path }: { path: Path }) {
  const count = problemsAt(useEditing().problems, path).length;
  return count > 0 ? <span className={css.badge}>{count}</span> : null;
}
