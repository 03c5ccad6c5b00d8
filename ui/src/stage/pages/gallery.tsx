import { useEffect, useState } from "react";
import { ask, asProblem, type Problem } from "../../shared/api";
import type { GalleryEntry, GalleryPage } from "../../shared/types";
import { Foot, Head } from "../parts/frame";
import { Trouble } from "../parts/trouble";
import { go, Heading, Link, useAddress } from "../route";
import { useCampaign, useStage } from "../stage";
import { useWords } from "../words";
import { Wall } from "./wall";

const SORTS = ["newest", "loved"] as const;
type Sort = (typeof SORTS)[number];
const PAGE = 24;

interface Shown {
  sort: Sort;
  entries: GalleryEntry[];
  next: string;
}

/** Everything people approved of: newest or most loved, a page at a time. */
export function GalleryPageView() {
  const campaign = useCampaign();
  const { tell } = useStage();
  const { t } = useWords();
  const address = useAddress();
  const sort: Sort = address.searchParams.get("sort") === "loved" ? "loved" : "newest";
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const path = `/campaigns/${campaign.slug}/gallery?sort=${sort}&limit=${PAGE}`;

  useEffect(() => {
    const leaving = new AbortController();
    setProblem(null);
    ask<GalleryPage>(path, { signal: leaving.signal }).then(
      (page) => setShown({ sort, ...page }),
      (thrown) => {
        if (!leaving.signal.aborted) setProblem(asProblem(thrown));
      },
    );
    return () => leaving.abort();
  }, [path, sort, turn]);

  const more = async () => {
    if (!shown || busy) return;
    setBusy(true);
    try {
      const page = await ask<GalleryPage>(`${path}&after=${encodeURIComponent(shown.next)}`);
      const known = new Set(shown.entries.map((entry) => entry.id));
      const fresh = page.entries.filter((entry) => !known.has(entry.id));
      setShown({ sort, entries: [...shown.entries, ...fresh], next: page.next });
      tell(t("gallery.loaded", { count: fresh.length }));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  const current = shown?.sort === sort ? shown : null;
  return (
    <>
      <Head campaign={campaign} current="gallery" />
      <main id="main" className="page">
        <div className="gallery-head">
          <Heading title={`${t("gallery")} · ${campaign.name}`}>{t("gallery")}</Heading>
          <div className="switch" role="group" aria-label={t("gallery.sort")}>
            {SORTS.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={sort === name}
                onClick={() => go(`/c/${campaign.slug}/gallery${name === "loved" ? "?sort=loved" : ""}`, "replace")}
              >
                {t(`gallery.${name}`)}
              </button>
            ))}
          </div>
        </div>
        {problem && <Trouble problem={problem} again={() => setTurn((n) => n + 1)} />}
        {!current && !problem && <WallWaiting />}
        {current?.entries.length === 0 && (
          <div className="empty">
            <p className="display empty-words">{t("gallery.empty")}</p>
            {campaign.state === "open" && (
              <Link className="button" to={`/c/${campaign.slug}/create`}>
                {t("home.start")}
              </Link>
            )}
          </div>
        )}
        {current && current.entries.length > 0 && <Wall entries={current.entries} campaign={campaign} />}
        {current?.next && (
          <button type="button" className="button button-quiet gallery-more" onClick={() => void more()} disabled={busy}>
            {t("gallery.more")}
          </button>
        )}
      </main>
      <Foot campaign={campaign} />
    </>
  );
}

function WallWaiting() {
  const { t } = useWords();
  return (
    <div className="wall wall-waiting" aria-busy="true">
      <p className="hidden">{t("loading")}</p>
      {[1, 0.8, 1.78, 1, 1.25, 0.8].map((ratio, i) => (
        <div
          key={i}
          className="wall-item plate"
          style={{ flexGrow: 100 * ratio, flexBasis: `calc(var(--wall-height) * ${ratio})`, aspectRatio: String(ratio) }}
        />
      ))}
    </div>
  );
}
