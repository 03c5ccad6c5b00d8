import { Button, Modal, Textarea } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";
import type { Decision, ReviewItem } from "../../shared/staff";
import { nameOf } from "./queue";
import { decisionWords, presets } from "./reasons";
import css from "./reason.module.css";

const LONGEST = 500;

/** Asks for the reason of a decision: a number takes a ready one, or write your own. */
export function ReasonDialog({ item, decision, onDecide, onClose }: { item: ReviewItem; decision: Decision; onDecide: (reason: string) => void; onClose: () => void }) {
  const [text, setText] = useState("");
  const ready = presets(item.kind, decision);
  const { act } = decisionWords(item.kind, decision);
  const reason = text.trim();

  const onKey = (event: KeyboardEvent) => {
    const writing = event.target instanceof HTMLTextAreaElement;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && reason) {
      event.preventDefault();
      onDecide(reason);
    }
    const preset = /^[1-9]$/.test(event.key) ? ready[Number(event.key) - 1] : undefined;
    if (!writing && preset && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      onDecide(preset.text);
    }
  };

  return (
    <Modal opened onClose={onClose} size="lg" title={`${act}: ${nameOf(item)}`} onKeyDown={onKey} transitionProps={{ duration: 80 }}>
      <p className={css.who}>{item.kind === "report" ? "The one who reported it reads this:" : "The participant reads this:"}</p>
      <ol className={css.ready} data-autofocus tabIndex={-1} aria-label="Ready reasons: press a number">
        {ready.map((preset, i) => (
          <li key={preset.label}>
            <button type="button" onClick={() => onDecide(preset.text)}>
              <kbd>{i + 1}</kbd>
              <span><b>{preset.label}</b><small>{preset.text}</small></span>
            </button>
          </li>
        ))}
      </ol>
      <Textarea label="Or in your own words" value={text} onChange={(e) => setText(e.currentTarget.value)} maxLength={LONGEST} description={`${LONGEST - [...text].length} characters left`} inputWrapperOrder={["label", "input", "description", "error"]} />
      <div className={css.foot}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button color="brick" disabled={!reason} onClick={() => onDecide(reason)}>{act}</Button>
      </div>
    </Modal>
  );
}
