import { Download } from "../icons";
import { useWords, type WordKey } from "../words";
import { Sheet } from "./sheet";
import { withQuery } from "./picture";

/** A file that a work can be saved as. */
export interface SaveFile {
  format: string;
  /** Pixels; 0 where the work's own width is what is given. */
  width: number;
  url: string;
}

/** The formats a work is given in, with what each is good for. */
const FORMATS: Record<string, WordKey> = {
  jpeg: "save.jpeg",
  png: "save.png",
  webp: "save.webp",
  avif: "save.avif",
  pdf: "save.pdf",
};

/** Every format of a work that is not public yet: its maker may take it along. */
export function filesOf(imageUrl: string): SaveFile[] {
  return Object.keys(FORMATS).map((format) => ({ format, width: 0, url: withQuery(imageUrl, { format, download: 1 }) }));
}

/** The largest file of each format, in the order people are likely to want them. */
export function largest(files: SaveFile[]): SaveFile[] {
  return Object.keys(FORMATS).flatMap((format) => {
    const all = files.filter((file) => file.format === format);
    return all.length > 0 ? [all.reduce((a, b) => (b.width > a.width ? b : a))] : [];
  });
}

/** Where a work is saved: one line a format. */
export function SaveSheet({ title, files, onClose }: { title: string; files: SaveFile[]; onClose: () => void }) {
  const { t, number } = useWords();
  return (
    <Sheet title={title} onClose={onClose}>
      <ul className="choices">
        {largest(files).map((file) => (
          <li key={file.format}>
            <a className="save" href={file.url} download>
              <Download width={20} height={20} />
              <span className="save-words">
                <span>{t(FORMATS[file.format]!)}</span>
                {(file.format === "pdf" || file.width > 0) && (
                  <span className="soft small">
                    {file.format === "pdf" ? t("save.page") : t("save.width", { width: number(file.width) })}
                  </span>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
