import { useEffect } from "react";
import { Foot, Head, TermsTexts } from "../parts/frame";
import { Heading, scrollToHash } from "../route";
import { useCampaign } from "../stage";
import { useWords } from "../words";

/** The full texts of a campaign, each with its own address part. */
export function TermsPage() {
  const campaign = useCampaign();
  const { t } = useWords();
  useEffect(scrollToHash, []);
  return (
    <>
      <Head campaign={campaign} />
      <main id="main" className="page page-narrow">
        <Heading title={`${t("terms")} · ${campaign.name}`}>{t("terms")}</Heading>
        <TermsTexts terms={campaign.terms} />
      </main>
      <Foot campaign={campaign} />
    </>
  );
}
