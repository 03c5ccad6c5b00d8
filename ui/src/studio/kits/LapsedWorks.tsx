import { useLoaded } from "../data/loaded";
import { atWidth, dayWords } from "../data/words";
import { FailedState, LoadingState } from "../frame/states";
import { fetchLapsed, type KitPageData } from "./api";
import css from "./kit.module.css";

/** What this kit's campaigns show although the rights to it have ended. */
export function LapsedWorks({ kit }: { kit: KitPageData }) {
  const { data, problem, reload } = useLoaded("lapsed", fetchLapsed);
  const mine = new Set(kit.versions.flatMap((v) => v.campaigns.map((c) => c.slug)));
  const works = data?.works.filter((w) => mine.has(w.campaign)) ?? [];
  return (
    <section className={css.block}>
      <h2>In galleries without the rights</h2>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="what is public" />
      ) : works.length === 0 ? (
        <p className="st-soft">Nothing public shows an asset whose rights have ended.</p>
      ) : (
        <>
          <p className="st-soft">Hidden ones are out of sight, because the kit says so. Of the others, people decide in the review.{!data.whole && " There are more than are listed here."}</p>
          <ul className={css.lapsed}>
            {works.map((w) => (
              <li key={`${w.entry_id} ${w.id}`}>
                <img src={atWidth(w.image_url, 320)} alt="" loading="lazy" />
                <a href={w.page_url} target="_blank" rel="noopener">{w.title}</a>
                <small><code>{w.id}</code> ended {dayWords(w.ended)}, {w.state === "hidden" ? "hidden" : "public"}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
