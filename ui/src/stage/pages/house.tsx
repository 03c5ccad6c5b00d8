import type { CampaignCard } from "../../shared/types";
import { useAsk } from "../ask";
import { Arrow } from "../icons";
import { Foot } from "../parts/frame";
import { Trouble } from "../parts/trouble";
import { Heading, Link } from "../route";
import { useWords } from "../words";

/** The front door: the campaigns that are open. */
export function HousePage() {
  const words = useWords();
  const { t } = words;
  const { data, problem, again } = useAsk<{ campaigns: CampaignCard[] }>(
    `/campaigns?locale=${words.locale}`,
  );
  return (
    <>
      <main id="main" className="page page-narrow house">
        <Heading title={t("house.title")}>{t("house.title")}</Heading>
        {problem && <Trouble problem={problem} again={again} />}
        {data?.campaigns.length === 0 && <p>{t("house.empty")}</p>}
        <ul className="house-list">
          {data?.campaigns.map((campaign) => (
            <li key={campaign.slug}>
              {/* Another campaign is another theme: this one link loads its page anew. */}
              <a href={`/c/${campaign.slug}`}>
                <span className="display">{campaign.name}</span>
                <span className="soft">{campaign.tagline}</span>
                <Arrow />
              </a>
            </li>
          ))}
        </ul>
        <p className="soft">
          <Link to="/verify">{t("verify.link")}</Link>
        </p>
      </main>
      <Foot campaign={null} />
    </>
  );
}
