import { useState } from "react";
import type { Campaign, Terms } from "../../shared/types";
import { Globe, Link2 } from "../icons";
import { Link } from "../route";
import { useStage } from "../stage";
import { useWords } from "../words";
import { withQuery } from "./picture";
import { Sheet } from "./sheet";

/** Chooses the language of the page, each named in itself. */
export function LocaleSwitch() {
  const { locales, locale, changeLocale } = useStage();
  const { t } = useWords();
  if (locales.length < 2) return null;
  return (
    <label className="tongue">
      <Globe width={20} height={20} />
      <span className="hidden">{t("language")}</span>
      <select value={locale} onChange={(event) => changeLocale(event.target.value)}>
        {locales.map((choice) => (
          <option key={choice.code} value={choice.code} lang={choice.code} dir={choice.dir}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The brand's logo in the drawing that is made for a ground. */
function logoFor(campaign: Campaign, ground: "light" | "dark"): string {
  const url = campaign.brand.logo_url;
  const path = url.split("?")[0] ?? url;
  const mark = campaign.marks.find((m) => m.image_url.split("?")[0] === path);
  const variant = mark?.variants?.find((v) => v.ground === ground || v.ground === "any");
  return withQuery(variant?.image_url ?? url, { width: 320 });
}

/** The head of every page of a campaign: whose it is, and the two places to go. */
export function Head({
  campaign,
  current,
  over = false,
}: {
  campaign: Campaign;
  current?: "works" | "gallery";
  /** Lies over a picture, on the deep ground. */
  over?: boolean;
}) {
  const { t } = useWords();
  const base = `/c/${campaign.slug}`;
  return (
    <header className={`head${over ? " head-over" : ""}`}>
      <Link className="head-home" to={base}>
        {campaign.brand.logo_url ? (
          <img src={logoFor(campaign, over ? "dark" : "light")} alt={`${campaign.brand.name}: ${campaign.name}`} />
        ) : (
          campaign.name
        )}
      </Link>
      <nav aria-label={t("nav")}>
        <ul>
          <li>
            <Link to={`${base}/gallery`} aria-current={current === "gallery" ? "page" : undefined}>
              {t("gallery")}
            </Link>
          </li>
          <li>
            <Link to={`${base}/works`} aria-current={current === "works" ? "page" : undefined}>
              {t("works.short")}
            </Link>
          </li>
        </ul>
      </nav>
    </header>
  );
}

const TEXTS = ["ownership", "use", "privacy", "imprint", "contact"] as const;

/** The whole texts of a campaign: who owns a work, what the brand may do, privacy, imprint. */
export function TermsTexts({ terms, level = 2 }: { terms: Terms; level?: 2 | 3 }) {
  const { t } = useWords();
  const Title = level === 2 ? "h2" : "h3";
  return (
    <div className="texts">
      {TEXTS.filter((name) => terms[name]).map((name) => (
        <section key={name} id={name}>
          <Title>{t(`terms.${name}`)}</Title>
          <p>{terms[name]}</p>
        </section>
      ))}
      <p className="soft small">{t("terms.version", { version: terms.version })}</p>
    </div>
  );
}

/** Opens the terms in a sheet, one tap from where they are agreed to. */
export function TermsButton({ terms, children }: { terms: Terms; children: string }) {
  const [open, setOpen] = useState(false);
  const { t } = useWords();
  return (
    <>
      <button type="button" className="button-plain" onClick={() => setOpen(true)}>
        {children}
      </button>
      {open && (
        <Sheet title={t("terms")} onClose={() => setOpen(false)}>
          <TermsTexts terms={terms} level={3} />
        </Sheet>
      )}
    </>
  );
}

/** The foot of every page: the law, the check, the language. */
export function Foot({ campaign }: { campaign: Campaign | null }) {
  const { t } = useWords();
  const base = campaign ? `/c/${campaign.slug}` : "";
  return (
    <footer className="foot deep">
      <nav aria-label={t("foot")}>
        <ul>
          {campaign && (
            <>
              <li>
                <Link to={`${base}/terms`}>{t("terms")}</Link>
              </li>
              <li>
                <Link to={`${base}/terms#privacy`}>{t("terms.privacy")}</Link>
              </li>
              <li>
                <Link to={`${base}/terms#imprint`}>{t("terms.imprint")}</Link>
              </li>
              <li>
                <Link to={`${base}/terms#contact`}>{t("terms.contact")}</Link>
              </li>
            </>
          )}
          <li>
            <Link to="/verify">{t("verify.link")}</Link>
          </li>
        </ul>
      </nav>
      <div className="foot-made">
        <p className="soft small">{campaign ? t("foot.made", { brand: campaign.brand.name }) : t("foot.house")}</p>
        <LocaleSwitch />
      </div>
    </footer>
  );
}

/** A private link with a button that copies it. */
export function PrivateLink({ link }: { link: string }) {
  const { t } = useWords();
  const { tell } = useStage();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      tell(t("link.copied"));
    } catch {
      tell(t("link.copy_by_hand"));
    }
  };
  return (
    <div className="private-link">
      <input
        readOnly
        value={link}
        aria-label={t("link.label")}
        dir="ltr"
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" className="button button-quiet" onClick={() => void copy()}>
        <Link2 width={20} height={20} />
        {t("link.copy")}
      </button>
    </div>
  );
}
