import type { Campaign, GalleryEntry } from "../../shared/types";
import { Shot } from "../parts/picture";
import { Link } from "../route";
import { useWords } from "../words";
import { LoveButton } from "./love";

/** Works side by side, each in its own shape. */
export function Wall({ entries, campaign }: { entries: GalleryEntry[]; campaign: Campaign }) {
  const { t } = useWords();
  return (
    <ul className="wall">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="wall-item"
          style={{ flexGrow: (100 * entry.width) / entry.height, flexBasis: `calc(var(--wall-height) * ${entry.width / entry.height})` }}
        >
          <Link to={`/c/${campaign.slug}/w/${entry.id}`} className="wall-link">
            <Shot
              src={entry.image_url}
              alt={entry.alt}
              ratio={entry.width / entry.height}
              sizes="(min-width: 900px) 33vw, 100vw"
              max={1280}
            />
            <span className="wall-title">{entry.title}</span>
          </Link>
          <div className="wall-foot">
            <span className="soft small">{t("by", { name: entry.display_name })}</span>
            <LoveButton entry={entry} />
          </div>
        </li>
      ))}
    </ul>
  );
}
