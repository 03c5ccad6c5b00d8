import { useCallback, useMemo, useState, type ReactNode } from "react";
import type { Shell } from "../shared/shell";
import type { Campaign } from "../shared/types";
import { useAsk } from "./ask";
import { BackPage } from "./pages/back";
import { CampaignPage } from "./pages/campaign";
import { CreatePage } from "./pages/create";
import { GalleryPageView } from "./pages/gallery";
import { HousePage } from "./pages/house";
import { MissingPage } from "./pages/missing";
import { ReportPage } from "./pages/report";
import { TermsPage } from "./pages/terms";
import { VerifyPage } from "./pages/verify";
import { WorkPage } from "./pages/work";
import { WorksPage } from "./pages/works";
import { AnnounceProvider, useAnnounce } from "./parts/announce";
import { Trouble } from "./parts/trouble";
import { go, Heading, routeOf, useAddress, type Route } from "./route";
import { StageProvider, useStage, type Stage } from "./stage";
import { rememberLocale, speakLocale, spoken, useWords, WordsProvider, type Words } from "./words";

/** The whole public side: the language, the campaign, and the page of the address. */
export function App({ shell, words: first }: { shell: Shell; words: Words }) {
  const [words, setWords] = useState(first);
  return (
    <WordsProvider words={words}>
      <AnnounceProvider>
        <Pages shell={shell} setWords={setWords} />
      </AnnounceProvider>
    </WordsProvider>
  );
}

function Pages({ shell, setWords }: { shell: Shell; setWords: (words: Words) => void }) {
  const words = useWords();
  const { tell } = useAnnounce();
  const address = useAddress();
  const route = routeOf(address.pathname);
  const slug = "slug" in route ? route.slug : null;
  const asked = useAsk<Campaign>(slug ? `/campaigns/${slug}?locale=${words.locale}` : null);

  // While another language's texts load, those on the page stay.
  const [kept, setKept] = useState<Campaign | null>(null);
  if (asked.data && asked.data !== kept) setKept(asked.data);
  const campaign = asked.data ?? (kept?.slug === slug && !asked.problem ? kept : null);

  const changeLocale = useCallback(
    (code: string) => {
      const choice = [...(campaign?.locales ?? []), ...shell.locales].find((l) => l.code === code);
      rememberLocale(code);
      const address = new URL(window.location.href);
      if (address.searchParams.has("locale")) {
        address.searchParams.delete("locale");
        go(address.pathname + address.search + address.hash, "replace");
      }
      void speakLocale(code, choice?.dir ?? "ltr").then(setWords);
    },
    [campaign, shell, setWords],
  );
  const stage = useMemo<Stage>(() => {
    const ours = new Set(spoken());
    const offered = campaign?.locales ?? shell.locales;
    return {
      locale: words.locale,
      locales: offered.filter((choice) => ours.has(choice.code)),
      changeLocale,
      campaign,
      campaignProblem: asked.problem,
      reloadCampaign: asked.again,
      tell,
    };
  }, [words, shell, campaign, asked.problem, asked.again, changeLocale, tell]);

  return (
    <StageProvider value={stage}>
      <a className="skip" href="#main">
        {words.t("skip")}
      </a>
      <PageOf route={route} />
    </StageProvider>
  );
}

function PageOf({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case "house":
      return <HousePage />;
    case "verify":
      return <VerifyPage />;
    case "missing":
      return <MissingPage />;
    default:
      return <CampaignFrame route={route} />;
  }
}

function CampaignFrame({ route }: { route: Extract<Route, { slug: string }> }) {
  const { campaign, campaignProblem, reloadCampaign } = useStage();
  const { t } = useWords();
  if (!campaign) {
    if (campaignProblem?.status === 404) return <MissingPage />;
    if (campaignProblem) {
      return (
        <main id="main" className="page page-narrow">
          <Heading title={t("trouble.title")}>{t("trouble.title")}</Heading>
          <Trouble problem={campaignProblem} again={reloadCampaign} />
        </main>
      );
    }
    return (
      <main id="main" className="first-wait plate deep" aria-busy="true">
        <p className="hidden">{t("loading")}</p>
      </main>
    );
  }
  switch (route.page) {
    case "campaign":
      return <CampaignPage />;
    case "create":
      return <CreatePage />;
    case "works":
      return <WorksPage />;
    case "gallery":
      return <GalleryPageView />;
    case "work":
      return <WorkPage key={route.entry} id={route.entry} />;
    case "back":
      return <BackPage />;
    case "report":
      return <ReportPage />;
    case "terms":
      return <TermsPage />;
  }
}
