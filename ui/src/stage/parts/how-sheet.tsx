import type { ReactNode } from "react";
import type { How } from "../../shared/types";
import { Brush, Download, Flag, Seal } from "../icons";
import { Link } from "../route";
import { useWords } from "../words";
import { AiIcon } from "./ai-label";
import { makerSentence } from "./maker";
import { Sheet } from "./sheet";

/** A name and what it says, in a list of facts. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How a work was made, who looked at it, what proves it, and what to do about it. */
export function HowSheet({ how, onReport, onClose }: { how: How; onReport: () => void; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <Sheet title={t("how")} onClose={onClose}>
      <Origin how={how} />
      {how.credential && <Credential credential={how.credential} />}
      <dl className="facts">
        <Fact name={t("how.made")}>
          {makerSentence(how.maker, words)}
          <MakerDetail how={how} />
        </Fact>
        <Fact name={t("how.words")}>{t("how.words.text")}</Fact>
        {how.marks.length > 0 && (
          <Fact name={t("how.marks")}>
            {words.list(how.marks.map((mark) => mark.name))}
            <span className="soft small block">{t("how.marks.text")}</span>
          </Fact>
        )}
        <Fact name={t("how.kit")}>
          <bdi>
            {how.kit} {how.kit_version}
          </bdi>
        </Fact>
        <Fact name={t("how.date")}>{words.date(how.made_at)}</Fact>
        <Fact name={t("how.approved")}>{t("how.approved.text", { date: words.dateTime(how.approved_at) })}</Fact>
        {how.watermarked !== undefined && (
          <Fact name={t("how.watermark")}>{t(how.watermarked ? "how.watermark.yes" : "how.watermark.no")}</Fact>
        )}
        {how.packs.length > 0 && (
          <Fact name={t("how.packs")}>
            <ul className="packs">
              {how.packs.map((pack) => (
                <li key={pack.id}>
                  <bdi lang="en">{pack.name}</bdi>{" "}
                  <bdi className="soft small">{pack.id.split("@")[1]}</bdi>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
      <div className="how-links">
        <Link className="button button-quiet" to="/verify">
          <Seal width={20} height={20} />
          {t("how.check")}
        </Link>
        <button type="button" className="button-plain soft" onClick={onReport}>
          <Flag width={20} height={20} />
          {t("report")}
        </button>
      </div>
    </Sheet>
  );
}

/** What a model had to do with it, in one sentence with the label's badge. */
function Origin({ how }: { how: How }) {
  const { t } = useWords();
  const { label } = how;
  if (!label) {
    return (
      <p className="origin">
        <Brush width={26} height={26} />
        <span>{t("how.none")}</span>
      </p>
    );
  }
  return (
    <div className="origin origin-ai">
      <AiIcon icon={label.icon} />
      <p>
        <strong lang={label.lang}>{label.text}</strong>
        <span className="block">{t(label.icon === "ai" ? "how.fully" : "how.partly")}</span>
        {label.burned_in && <span className="block soft small">{t("how.burned")}</span>}
      </p>
    </div>
  );
}

/** Provider, model and version, as machines name them. */
function MakerDetail({ how }: { how: How }) {
  const parts =
    how.maker.kind === "model" ? [how.provider, how.maker.name, how.maker.version] : [how.maker.version];
  const said = parts.filter(Boolean).join(" · ");
  return said ? (
    <span className="soft small block">
      <bdi>{said}</bdi>
    </span>
  ) : null;
}

/** The signed statement of origin: by whom, when, and the thing itself. */
function Credential({ credential }: { credential: NonNullable<How["credential"]> }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="credential">
      <Seal width={28} height={28} />
      <div>
        <h3>{t("how.credential")}</h3>
        <p>
          {words.rich("how.credential.text", {
            signer: <bdi>{credential.signer}</bdi>,
            date: words.dateTime(credential.signed_at),
          })}
        </p>
        {credential.timestamped && <p className="soft small">{t("how.credential.time")}</p>}
        <a className="button-plain" href={credential.url} download>
          <Download width={20} height={20} />
          {t("how.credential.file")}
        </a>
      </div>
    </section>
  );
}
