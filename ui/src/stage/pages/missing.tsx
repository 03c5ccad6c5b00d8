import { Foot } from "../parts/frame";
import { Heading, Link } from "../route";
import { useStage } from "../stage";
import { useWords } from "../words";

/** An address that leads nowhere. */
export function MissingPage() {
  const { t } = useWords();
  const { campaign } = useStage();
  return (
    <>
      <main id="main" className="page page-narrow page-alone">
        <Heading title={t("missing.title")}>{t("missing.title")}</Heading>
        <p>{t("missing.text")}</p>
        <Link className="button" to={campaign ? `/c/${campaign.slug}` : "/"}>
          {t("missing.home")}
        </Link>
      </main>
      <Foot campaign={campaign} />
    </>
  );
}
