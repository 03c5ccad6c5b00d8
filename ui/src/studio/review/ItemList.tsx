import { Button } from "@mantine/core";
import { IconFlag, IconMessage2Question, IconPhoto } from "../icons";
import { useEffect, useRef } from "react";
import type { ItemKind, ItemState, Outcome, ReviewItem } from "../../shared/staff";
import { ago, atWidth, whenWords } from "../data/words";
import { outcomeWords } from "./evidence";
import css from "./review.module.css";
import type { Review } from "./useReview";

const THUMB = 160;
const kindIcons = { entry: IconPhoto, report: IconFlag, generation: IconMessage2Question };
const kindWords: Record<ItemKind, string> = { entry: "Work", report: "Report", generation: "Held prompt" };

/** The list at the side. */
export function ItemList({ review, tab }: { review: Review; tab: ItemState }) {
  const { queue } = review;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [queue.at]);
  return (
    <aside className={css.list} aria-label={tab === "waiting" ? "Waiting" : "Items"}>
      <ol ref={list}>
        {queue.items.map((item) => (
          <li key={item.id}>
            <button type="button" aria-current={item.id === queue.at || undefined} data-gone={queue.gone.includes(item.id) || undefined} onClick={() => review.select(item.id)}>
              <Thumb item={item} />
              <span className={css.line}>
                <b dir="auto">{item.words?.title || item.words?.prompt || "No title"}</b>
                <small>
                  <OutcomeDot outcome={item.verdict?.outcome} />
                  {kindWords[item.kind]}, <time dateTime={item.created_at} title={whenWords(item.created_at)}>{ago(tab === "waiting" ? item.created_at : (item.decided_at ?? item.created_at))}</time>
                </small>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {queue.next && <Button variant="subtle" size="xs" fullWidth loading={review.loadingMore} onClick={review.more}>Load more</Button>}
    </aside>
  );
}

function Thumb({ item }: { item: ReviewItem }) {
  const Icon = kindIcons[item.kind];
  return (
    <span className={css.thumb} data-kind={item.kind}>
      {item.image_url ? <img src={atWidth(item.image_url, THUMB)} alt="" loading="lazy" /> : <Icon size={18} stroke={1.6} />}
      {item.image_url && item.kind !== "entry" && <i><Icon size={11} stroke={2.2} /></i>}
    </span>
  );
}

function OutcomeDot({ outcome }: { outcome: Outcome | undefined }) {
  if (!outcome || !(outcome in outcomeWords)) return null;
  return <i className={css.dot} data-outcome={outcome} title={outcomeWords[outcome].label} />;
}
