import { lazy, Suspense, useState } from "react";
import type { Creation, Me } from "../../shared/types";
import { useAsk } from "../ask";
import { Arrival } from "../create/arrival";
import { Brief } from "../create/brief";
import { Candidates } from "../create/candidates";
import { Enter } from "../create/enter";
import { CreateHead } from "../create/head";
import { Foot } from "../parts/frame";
import { MakerLine } from "../parts/maker";
import { Shot } from "../parts/picture";
import { Trouble } from "../parts/trouble";
import { go, Heading, Link, useAddress } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";

const Canvas = lazy(() => import("../canvas/canvas"));

/**
 * From a few words to a work handed in. Where one is stands in the address, so that
 * a reload loses nothing: ?g= the generation, ?w= the creation, &step=enter.
 */
export function CreatePage() {
  const address = useAddress();
  const campaign = useCampaign();
  const generation = address.searchParams.get("g");
  const creation = address.searchParams.get("w");
  const me = useAsk<Me>(`/campaigns/${campaign.slug}/me`);
  const { t } = useWords();

  if (campaign.state !== "open" && !creation) {
    return (
      <Step at="say">
        <div className="page page-narrow page-alone">
          <Heading title={campaign.name}>{t("create.not_open")}</Heading>
          <Link className="button" to={`/c/${campaign.slug}`}>
            {t("missing.home")}
          </Link>
        </div>
      </Step>
    );
  }
  const stranger = me.problem?.status === 401 || me.data?.arrived === false;
  if (stranger) return <ArrivalStep onArrived={me.again} />;
  if (me.problem) {
    return (
      <Step at="say">
        <div className="page page-narrow page-alone">
          <Heading title={t("trouble.title")}>{t("trouble.title")}</Heading>
          <Trouble problem={me.problem} again={me.again} />
        </div>
      </Step>
    );
  }
  if (!me.data) return <Step at="say" waiting />;
  if (creation) return <WithCreation id={creation} entering={address.searchParams.get("step") === "enter"} />;
  if (generation) {
    return (
      <Step at="choose">
        <Candidates key={generation} id={generation} />
      </Step>
    );
  }
  return (
    <Step at="say">
      <Brief left={me.data.generations_left} />
    </Step>
  );
}

function Step({
  at,
  children,
  waiting = false,
}: {
  at: "say" | "choose" | "place" | "enter";
  children?: React.ReactNode;
  waiting?: boolean;
}) {
  const { t } = useWords();
  return (
    <div className="create deep">
      <CreateHead at={at} />
      <main id="main" aria-busy={waiting || undefined}>
        {waiting ? (
          <p className="create-wait plate">
            <span className="hidden">{t("loading")}</span>
          </p>
        ) : (
          children
        )}
      </main>
    </div>
  );
}

function ArrivalStep({ onArrived }: { onArrived: () => void }) {
  const campaign = useCampaign();
  const { t } = useWords();
  return (
    <>
      <div className="arrival deep">
        <CreateHead at="say" />
        <Shot src={campaign.hero.url} alt="" sizes="max(100vw, 560px)" className="arrival-picture" />
        <main id="main" className="arrival-sheet paper">
          <div className="stack">
            <Heading title={`${t("arrival.title")} · ${campaign.name}`}>{t("arrival.title")}</Heading>
            <p className="soft">{t("arrival.text")}</p>
          </div>
          <Arrival campaign={campaign} button={t("arrival.go")} onArrived={onArrived} />
          <MakerLine maker={campaign.maker} />
        </main>
      </div>
      <Foot campaign={campaign} />
    </>
  );
}

function WithCreation({ id, entering }: { id: string; entering: boolean }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const { data, problem, again, put } = useAsk<Creation>(`/creations/${encodeURIComponent(id)}`);
  const [changes, setChanges] = useState(0);
  if (problem) {
    return (
      <Step at="place">
        <div className="page page-narrow page-alone">
          <Heading title={t("trouble.title")}>{t("trouble.title")}</Heading>
          <Trouble problem={problem} again={again} />
          <Link className="button button-quiet" to={`/c/${campaign.slug}/works`}>
            {t("works")}
          </Link>
        </div>
      </Step>
    );
  }
  if (!data) return <Step at={entering ? "enter" : "place"} waiting />;
  if (entering || data.state === "waiting" || data.state === "published") {
    return (
      <Step at="enter">
        <Enter creation={data} />
      </Step>
    );
  }
  return (
    <Step at="place">
      <Suspense fallback={<CanvasWaiting />}>
        <Canvas
          key={changes}
          creation={data}
          onReload={() => {
            again();
            setChanges((n) => n + 1);
          }}
          onDone={(saved) => {
            put(saved);
            go(`/c/${campaign.slug}/create?w=${id}&step=enter`);
          }}
        />
      </Suspense>
    </Step>
  );
}

function CanvasWaiting() {
  const { t } = useWords();
  return (
    <p className="create-wait plate" aria-busy="true">
      <span className="hidden">{t("loading")}</span>
    </p>
  );
}
