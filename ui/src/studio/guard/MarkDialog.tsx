import { Button, Checkbox, Modal, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import type { Outcome } from "../../shared/staff";
import { problemWords } from "../data/words";
import { useTell } from "../frame/toasts";
import { markMistake, type Mistake } from "./api";
import css from "./guard.module.css";

const LONGEST_WHY = 500;
const titles: Record<Mistake, string> = { false_alarm: "Mark a false alarm", miss: "Mark a miss" };

/** Keeps a mistake of the guard, so that it becomes a test. */
export function MarkDialog({ text, locale, marked, onClose, onMarked }: { text: string; locale?: string; marked: Mistake; onClose: () => void; onMarked?: () => void }) {
  const tell = useTell();
  const [why, setWhy] = useState("");
  const [want, setWant] = useState("");
  const [nobodys, setNobodys] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const keep = () => {
    setBusy(true);
    markMistake({ text, marked, why: why.trim(), ...(locale && { locale }), ...(want && { want: want as Outcome }), ...(nobodys && { nobodys }) })
      .then(() => {
        tell.good("It is marked. Export the marked texts to make them tests.");
        onMarked?.();
        onClose();
      }, (thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened onClose={onClose} title={titles[marked]}>
      <div className={css.dialog}>
        <blockquote dir="auto">{text}</blockquote>
        <Textarea data-autofocus label="Why is the guard wrong?" placeholder={marked === "miss" ? "A plain insult, spelt with spaces." : "The name of a town."} maxLength={LONGEST_WHY} value={why} onChange={(e) => setWhy(e.currentTarget.value)} />
        {marked === "miss" && (
          <Select label="What would be right" data={[{ value: "", label: "Hold or deny" }, { value: "hold", label: "Hold for a person" }, { value: "deny", label: "Deny" }]} value={want} onChange={(v) => setWant(v ?? "")} />
        )}
        {(problem?.code === "mark_personal" || nobodys) && (
          <Checkbox label="What looks like personal data belongs to nobody" checked={nobodys} onChange={(e) => setNobodys(e.currentTarget.checked)} />
        )}
        {problem && <p className={css.refused} role="alert">{problemWords(problem)}</p>}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button loading={busy} disabled={why.trim() === ""} onClick={keep}>Keep it</Button>
        </div>
      </div>
    </Modal>
  );
}
