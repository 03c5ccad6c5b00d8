import type { Campaign, GalleryPage } from "../../shared/types";
import { useAsk } from "../ask";
import { Arrow } from "../icons";
import { Foot, Head } from "../parts/frame";
import { MakerLine } from "../parts/maker";
import { Shot } from "../parts/picture";
import { Heading, Link } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";
import { Wall } from "./wall";

const STEPS = ["say", "choose", "place"] as const;

/** The campaign's front page: one picture, one sentence, one button. */
export function CampaignPage() {
  const campaign = useCampaign();
  const words = useWords();
  const { t } = words;
  return (
    <>
      <div className="hero deep">
        <Head campaign={campaign} over />
        <main id="main" className="hero-main">
          <Shot src={campaign.hero.url} alt={campaign.hero.alt} sizes="max(100vw, 122vh)" eager className="hero-picture" />
          <div className="hero-words">
            <Heading title={campaign.name} className="hero-title">
              {campaign.tagline}
            </Heading>
            <Invitation campaign={campaign} />
          </div>
        </main>
      </div>
      <div className="home">
        <section className="how" aria-labelledby="how">
          <h2 id="how">{t("home.how")}</h2>
          <p className="lead">{campaign.summary}</p>
          <ol className="how-steps">
            {STEPS.map((step, i) => (
              <li key={step}>
                <span className="how-number display" aria-hidden="true">
                  {words.number(i + 1)}
                </span>
                <h3>{t(`home.step.${step}`)}</h3>
                <p className="soft">{t(`home.step.${step}.text`)}</p>
              </li>
            ))}
          </ol>
          <MakerLine maker={campaign.maker} />
        </section>
        <Best campaign={campaign} />
        <section className="rules" aria-labelledby="rules">
          <h2 id="rules">{t("home.rules")}</h2>
          <ul>
            {campaign.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
          <p>
            <Link to={`/c/${campaign.slug}/terms`}>{t("terms.full")}</Link>
          </p>
        </section>
      </div>
      <Foot campaign={campaign} />
    </>
  );
}

function Invitation({ campaign }: { campaign: Campaign }) {
  const { t, date } = useWords();
  if (campaign.state === "soon" || campaign.state === "draft") {
    return <p className="hero-state">{t("home.soon", { date: date(campaign.opens) })}</p>;
  }
  if (campaign.state === "closed") {
    return (
      <div className="stack">
        <p className="hero-state">{t("home.closed", { date: date(campaign.closes) })}</p>
        <Link className="button" to={`/c/${campaign.slug}/gallery`}>
          {t("home.to_gallery")}
          <Arrow />
        </Link>
      </div>
    );
  }
  return (
    <Link className="button hero-button" to={`/c/${campaign.slug}/create`}>
      {t("home.start")}
      <Arrow />
    </Link>
  );
}

function Best({ campaign }: { campaign: Campaign }) {
  const { t } = useWords();
  const { data } = useAsk<GalleryPage>(`/campaigns/${campaign.slug}/gallery?sort=loved&limit=6`);
  if (!data || data.entries.length === 0) return null;
  return (
    <section className="best" aria-labelledby="best">
      <div className="best-head">
        <h2 id="best">{t("home.best")}</h2>
        <Link className="button button-quiet" to={`/c/${campaign.slug}/gallery`}>
          {t("home.all")}
        </Link>
      </div>
      <Wall entries={data.entries} campaign={campaign} />
    </section>
  );
}
