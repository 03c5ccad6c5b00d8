import { useState } from "react";
import type { EntryDetail } from "../../shared/types";
import { useAsk } from "../ask";
import { Download, Flag, Info, Share } from "../icons";
import { AiLabel } from "../parts/ai-label";
import { Foot, Head } from "../parts/frame";
import { HowSheet } from "../parts/how-sheet";
import { MakerLine } from "../parts/maker";
import { Shot } from "../parts/picture";
import { SaveSheet } from "../parts/save-sheet";
import { Trouble } from "../parts/trouble";
import { Heading, Link } from "../route";
import { useCampaign, useStage } from "../stage";
import { useWords } from "../words";
import { LoveButton } from "./love";
import { ReportSheet } from "./report-sheet";

/** One work, large, with where it came from and what can be done with it. */
export function WorkPage({ id }: { id: string }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const { data, problem, again } = useAsk<EntryDetail>(`/entries/${encodeURIComponent(id)}`);
  return (
    <>
      <Head campaign={campaign} />
      {data && !problem ? (
        <Work entry={data} />
      ) : (
        <main id="main" className="page page-narrow page-alone">
          {problem ? (
            <Gone status={problem.status}>
              {problem.status !== 410 && problem.status !== 404 && <Trouble problem={problem} again={again} />}
            </Gone>
          ) : (
            <p className="work-wait plate" aria-busy="true">
              <span className="hidden">{t("loading")}</span>
            </p>
          )}
        </main>
      )}
      <Foot campaign={campaign} />
    </>
  );
}

function Gone({ status, children }: { status: number; children: React.ReactNode }) {
  const campaign = useCampaign();
  const { t } = useWords();
  const title = status === 410 ? t("work.gone") : status === 404 ? t("missing.title") : t("trouble.title");
  return (
    <>
      <Heading title={title}>{title}</Heading>
      {status === 410 && <p>{t("work.gone.text")}</p>}
      {status === 404 && <p>{t("missing.text")}</p>}
      {children}
      <Link className="button button-quiet" to={`/c/${campaign.slug}/gallery`}>
        {t("home.to_gallery")}
      </Link>
    </>
  );
}

function Work({ entry }: { entry: EntryDetail }) {
  const campaign = useCampaign();
  const { tell } = useStage();
  const { t } = useWords();
  const [open, setOpen] = useState<"how" | "report" | "save" | null>(null);
  const close = () => setOpen(null);

  const share = async () => {
    const url = new URL(entry.page_url, window.location.origin).href;
    const what = { title: entry.title, text: t("work.share_text", { title: entry.title, campaign: campaign.name }), url };
    if (navigator.share) {
      try {
        await navigator.share(what);
        return;
      } catch (thrown) {
        if (thrown instanceof DOMException && thrown.name === "AbortError") return;
      }
    }
    try {
      await navigator.clipboard.writeText(url);
      tell(t("link.copied"));
    } catch {
      tell(url);
    }
  };

  const shape = entry.width / entry.height;
  return (
    <main id="main" className="work">
      <div className="work-picture" style={{ "--shape": shape } as React.CSSProperties}>
        <Shot
          src={entry.image_url}
          alt={entry.alt}
          ratio={shape}
          sizes="(min-width: 1000px) 62vw, 100vw"
          eager
        />
      </div>
      <div className="work-words">
        {entry.how.label && <AiLabel label={entry.how.label} onOpen={() => setOpen("how")} />}
        <div className="stack">
          <Heading title={`${entry.title} · ${campaign.name}`}>{entry.title}</Heading>
          <p className="lead">{t("by", { name: entry.display_name })}</p>
        </div>
        <LoveButton entry={entry} large />
        <div className="row">
          <button type="button" className="button button-quiet" onClick={() => void share()}>
            <Share width={20} height={20} />
            {t("work.share")}
          </button>
          {entry.download.length > 0 && (
            <button type="button" className="button button-quiet" onClick={() => setOpen("save")}>
              <Download width={20} height={20} />
              {t("work.download")}
            </button>
          )}
        </div>
        <div className="work-origin">
          <MakerLine maker={entry.how.maker} />
          <button type="button" className="button-plain" aria-haspopup="dialog" onClick={() => setOpen("how")}>
            <Info width={20} height={20} />
            {t("how")}
          </button>
          <button type="button" className="button-plain soft" onClick={() => setOpen("report")}>
            <Flag width={20} height={20} />
            {t("report")}
          </button>
        </div>
        {campaign.state === "open" && (
          <Link className="button work-own" to={`/c/${campaign.slug}/create`}>
            {t("home.start")}
          </Link>
        )}
      </div>
      {open === "how" && (
        <HowSheet how={entry.how} onReport={() => setOpen("report")} onClose={close} />
      )}
      {open === "save" && (
        <SaveSheet title={t("work.download")} files={entry.download} onClose={close} />
      )}
      {open === "report" && <ReportSheet entry={entry} onClose={close} />}
    </main>
  );
}
