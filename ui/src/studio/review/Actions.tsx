import { ActionIcon, Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowBarToDown, IconCheck, IconEyeOff, IconKeyboard, IconPlayerSkipForward, IconX } from "../icons";
import type { ItemState, ReviewItem } from "../../shared/staff";
import { allowed, type Intent } from "./keys";
import { nameOf } from "./queue";
import { decisionWords } from "./reasons";
import css from "./review.module.css";
import { GRACE, type Review } from "./useReview";

/** What can be decided, and what has just been. */
export function Actions({ review, item, tab, gone, onIntent }: { review: Review; item: ReviewItem | undefined; tab: ItemState; gone: boolean; onIntent: (intent: Intent) => void }) {
  const { held, notice, sending, items, decided } = review.queue;
  const place = item ? items.indexOf(item) + 1 : 0;
  return (
    <footer className={css.actions}>
      <div className={css.told} role="status" aria-live="polite">
        {held ? (
          <p className={css.held} key={held.item.id}>
            <span>{decisionWords(held.item.kind, held.decision).done}: {nameOf(held.item)}</span>
            <Button size="compact-xs" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={() => onIntent("undo")}>Undo <kbd>Z</kbd></Button>
            <i style={{ animationDuration: `${GRACE}ms` }} aria-hidden />
          </p>
        ) : gone ? (
          <p>Somebody else dealt with this a moment ago. Go on to the next one.</p>
        ) : notice ? (
          <p data-tone={notice.tone}>{notice.text} <button type="button" onClick={review.hush} aria-label="Close message"><IconX size={14} /></button></p>
        ) : sending.length > 0 ? (
          <p className="st-soft">Saving…</p>
        ) : item ? (
          <p className="st-soft">{place} of {items.length}{review.queue.next && " or more"}{decided > 0 && `, ${decided} decided`}</p>
        ) : null}
        {item && <ActionIcon className={css.keys} variant="subtle" color="gray" aria-label="Show the keys" onClick={() => onIntent("help")}><IconKeyboard size={19} stroke={1.6} /></ActionIcon>}
      </div>
      {item && (
        <div className={css.buttons}>
          {gone ? (
            <Button variant="default" leftSection={<IconArrowBarToDown size={17} />} onClick={() => onIntent("next")}>Next <kbd>↓</kbd></Button>
          ) : (
            <>
              {allowed("approve", tab) && (
                <>
                  <Button color={item.kind === "report" ? "brick" : "leaf"} leftSection={item.kind === "report" ? <IconEyeOff size={17} /> : <IconCheck size={17} />} onClick={() => onIntent("approve")}>{decisionWords(item.kind, "approve").act} <kbd>A</kbd></Button>
                  <Button color={item.kind === "report" ? "gray" : "brick"} variant={item.kind === "report" ? "default" : "outline"} leftSection={<IconX size={17} />} onClick={() => onIntent("reject")}>{decisionWords(item.kind, "reject").act} <kbd>R</kbd></Button>
                  <Button variant="default" leftSection={<IconPlayerSkipForward size={16} />} onClick={() => onIntent("skip")}>Skip <kbd>S</kbd></Button>
                </>
              )}
              {tab === "published" && item.state === "published" && (
                <Button color="brick" leftSection={<IconEyeOff size={17} />} onClick={() => onIntent("takedown")}>Take down <kbd>T</kbd></Button>
              )}
            </>
          )}
        </div>
      )}
    </footer>
  );
}
