import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { asProblem, type Problem } from "../shared/api";
import { covers, fetchMe, type Me, type Role } from "../shared/staff";
import { onSignedOut } from "./data/session";
import { Frame } from "./frame/Frame";
import { SeatContext, useSeat, type Seat } from "./frame/seat";
import { EmptyState, FailedState, LoadingState } from "./frame/states";
import { Toasts } from "./frame/toasts";
import { Unknown } from "./frame/Unknown";
import { useRoute } from "./navigation/navigate";
import type { Route } from "./navigation/route";
import { ReviewPage } from "./review/ReviewPage";
import { SignIn } from "./sign-in/SignIn";

const CampaignList = lazy(() => import("./campaigns/CampaignList").then((m) => ({ default: m.CampaignList })));
const CampaignPage = lazy(() => import("./campaigns/CampaignPage").then((m) => ({ default: m.CampaignPage })));
const NewCampaign = lazy(() => import("./campaigns/NewCampaign").then((m) => ({ default: m.NewCampaign })));
const KitsPage = lazy(() => import("./kits/KitsPage").then((m) => ({ default: m.KitsPage })));
const KitPage = lazy(() => import("./kits/KitPage").then((m) => ({ default: m.KitPage })));
const ImportPage = lazy(() => import("./kits/ImportPage").then((m) => ({ default: m.ImportPage })));
const GuardPage = lazy(() => import("./guard/GuardPage").then((m) => ({ default: m.GuardPage })));
const PoliciesPage = lazy(() => import("./policies/PoliciesPage").then((m) => ({ default: m.PoliciesPage })));
const CostsPage = lazy(() => import("./money/CostsPage").then((m) => ({ default: m.CostsPage })));
const ModelsPage = lazy(() => import("./models/ModelsPage").then((m) => ({ default: m.ModelsPage })));
const PeoplePage = lazy(() => import("./staff/PeoplePage").then((m) => ({ default: m.PeoplePage })));
const KeysPage = lazy(() => import("./staff/KeysPage").then((m) => ({ default: m.KeysPage })));
const VotesPage = lazy(() => import("./records/VotesPage").then((m) => ({ default: m.VotesPage })));
const LedgerPage = lazy(() => import("./records/LedgerPage").then((m) => ({ default: m.LedgerPage })));

/** The Studio: finds out who is here, then shows the page that the address names. */
export function App() {
  const route = useRoute();
  const [me, setMe] = useState<Me | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [ended, setEnded] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (route.page === "sign-in" && !me && round === 0) return;
    const stop = new AbortController();
    setProblem(null);
    fetchMe(stop.signal).then(
      (found) => {
        setMe(found);
        setEnded(false);
      },
      (thrown: unknown) => {
        if (stop.signal.aborted) return;
        const found = asProblem(thrown);
        setMe(null);
        if (found.status === 401) setEnded(true);
        else setProblem(found);
      },
    );
    return () => stop.abort();
    // The address changes often, who is here does not.
  }, [round, route.page === "sign-in"]);

  useEffect(() => onSignedOut(() => setEnded(true)), []);

  const again = useCallback(() => setRound((n) => n + 1), []);
  const seat = useMemo<Seat | null>(() => me && { me, can: (role) => covers(me.role, role), left: () => { setMe(null); setEnded(true); } }, [me]);

  if (route.page === "sign-in" || ended) return <SignIn ended={route.page !== "sign-in"} onSignedIn={again} />;
  if (problem) return <FailedState problem={problem} onRetry={again} />;
  if (!seat) return <LoadingState what="the Studio" />;
  return (
    <SeatContext value={seat}>
      <Toasts>
        <Frame route={route}>
          <Suspense fallback={<LoadingState what="the page" />}>
            <Page route={route} />
          </Suspense>
        </Frame>
      </Toasts>
    </SeatContext>
  );
}

const needed: Partial<Record<Route["page"], Role>> = { people: "admin", keys: "admin", "new-campaign": "producer", "kit-import": "producer" };

function Page({ route }: { route: Route }) {
  const { can } = useSeat();
  const role = needed[route.page];
  if (role && !can(role)) return <EmptyState title={`This page needs the role ${role}`}>Ask an admin if you need it for your work.</EmptyState>;
  switch (route.page) {
    case "review": return <ReviewPage key={`${route.tab} ${route.kind} ${route.campaign}`} route={route} />;
    case "campaigns": return <CampaignList />;
    case "new-campaign": return <NewCampaign key={route.from} from={route.from} />;
    case "campaign": return <CampaignPage key={route.slug} slug={route.slug} />;
    case "kits": return <KitsPage />;
    case "kit": return <KitPage key={route.id} route={route} />;
    case "kit-import": return <ImportPage />;
    case "guard": return <GuardPage route={route} />;
    case "policies": return <PoliciesPage pack={route.pack} />;
    case "costs": return <CostsPage campaign={route.campaign} />;
    case "models": return <ModelsPage />;
    case "people": return <PeoplePage />;
    case "keys": return <KeysPage />;
    case "votes": return <VotesPage campaign={route.campaign} />;
    case "ledger": return <LedgerPage />;
    default: return <Unknown />;
  }
}
