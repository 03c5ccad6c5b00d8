import { Modal, Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { fetchCampaigns, type Decision, type ItemKind, type ItemState } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { go, goTo, Link } from "../navigation/navigate";
import { hrefOf, tabs, type Route } from "../navigation/route";
import { Actions } from "./Actions";
import { Closer } from "./Closer";
import { Evidence } from "./Evidence";
import { ItemList } from "./ItemList";
import { intentOf, legend, takesKey, type Intent } from "./keys";
import { NothingHere } from "./NothingHere";
import { countsAhead, current } from "./queue";
import { ReasonDialog } from "./ReasonDialog";
import { needsReason } from "./reasons";
import css from "./review.module.css";
import { useReview } from "./useReview";
import { Work } from "./Work";

const tabWords: Record<ItemState, string> = {
  waiting: "Waiting", published: "Published", approved: "Approved", rejected: "Rejected", taken_down: "Taken down", withdrawn: "Withdrawn",
};

const kindChoices = [
  { value: "", label: "Everything" },
  { value: "entry", label: "Works" },
  { value: "report", label: "Reports" },
  { value: "generation", label: "Held prompts" },
];

/** Where people decide: the list at the side, the work in the middle, the evidence at the right. */
export function ReviewPage({ route }: { route: Extract<Route, { page: "review" }> }) {
  const { tab, kind, campaign } = route;
  const tell = useTell();
  const review = useReview(tab, { kind, campaign }, route.item, tell.bad);
  const { queue } = review;
  const item = current(queue);
  const [asking, setAsking] = useState<Decision | null>(null);
  const [closer, setCloser] = useState(false);
  const [help, setHelp] = useState(false);
  const counts = countsAhead(queue, tab);
  const gone = !!item && queue.gone.includes(item.id);

  useEffect(() => {
    document.title = `${tab === "waiting" && counts.waiting ? `(${counts.waiting}) ` : ""}Review · Studio`;
  }, [tab, counts.waiting]);
  useEffect(() => {
    if (item) goTo(hrefOf({ ...route, item: item.id }), true);
  }, [item?.id]);

  const act = (decision: Decision) => {
    if (!item || gone) return;
    if (needsReason(item.kind, decision)) setAsking(decision);
    else review.decide(decision, "");
  };
  const doIt = (intent: Intent) => {
    if (intent === "approve" || intent === "reject" || intent === "takedown") act(intent);
    else if (intent === "skip") review.skip();
    else if (intent === "undo") review.undo();
    else if (intent === "next") review.step(1);
    else if (intent === "previous") review.step(-1);
    else if (intent === "closer") setCloser(!!item?.image_url);
    else setHelp(true);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const open = asking !== null || closer || help;
      const intent = intentOf(event, { tab, busy: open || takesKey(document.activeElement, event.key) });
      if (!intent) return;
      event.preventDefault();
      doIt(intent);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 tabIndex={-1}>Review</h1>
        <nav className={css.tabs} aria-label="State">
          {tabs.map((t) => (
            <Link key={t} to={{ ...route, tab: t, item: "" }} aria-current={t === tab ? "page" : undefined}>
              {tabWords[t]}
              {counts[t] !== undefined && <span className={css.count}>{counts[t]}</span>}
            </Link>
          ))}
        </nav>
        <Filters route={route} />
      </header>
      {review.problem && queue.items.length === 0 ? (
        <FailedState problem={review.problem} onRetry={review.reload} />
      ) : review.loading && queue.items.length === 0 ? (
        <LoadingState what="the list" />
      ) : !item ? (
        <div className={css.nothing}>
          <NothingHere tab={tab} filtered={kind !== "" || campaign !== ""} decided={queue.decided} onShowAll={() => go({ ...route, kind: "", campaign: "" })} />
          <Actions review={review} item={undefined} tab={tab} gone={false} onIntent={doIt} />
        </div>
      ) : (
        <div className={css.desk}>
          <ItemList review={review} tab={tab} />
          <section className={css.middle} aria-label="The work">
            <Work key={item.id} item={item} onCloser={() => setCloser(true)} />
            <Actions review={review} item={item} tab={tab} gone={gone} onIntent={doIt} />
          </section>
          <Evidence item={item} />
        </div>
      )}
      {item && asking && (
        <ReasonDialog
          item={item} decision={asking} onClose={() => setAsking(null)}
          onDecide={(reason) => {
            setAsking(null);
            review.decide(asking, reason);
          }}
        />
      )}
      {item?.image_url && closer && <Closer url={item.image_url} name={item.words?.title ?? ""} onClose={() => setCloser(false)} />}
      <Modal opened={help} onClose={() => setHelp(false)} title="Keys" size="sm">
        <dl className={css.legend}>
          {legend.map(({ intent, keys, does }) => (
            <div key={intent}>
              <dt>{keys.split(" ").map((k) => <kbd key={k}>{k}</kbd>)}</dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </div>
  );
}

function Filters({ route }: { route: Extract<Route, { page: "review" }> }) {
  const { data } = useLoaded("campaigns", fetchCampaigns);
  const campaigns = useMemo(() => [{ value: "", label: "All campaigns" }, ...(data ?? []).map((c) => ({ value: c.slug, label: c.name || c.slug }))], [data]);
  return (
    <div className={css.filters}>
      <Select size="xs" aria-label="Kind" data={kindChoices} value={route.kind} onChange={(v) => go({ ...route, kind: (v ?? "") as ItemKind | "", item: "" })} />
      {(campaigns.length > 2 || route.campaign !== "") && (
        <Select size="xs" aria-label="Campaign" data={campaigns} value={route.campaign} onChange={(v) => go({ ...route, campaign: v ?? "", item: "" })} />
      )}
    </div>
  );
}
