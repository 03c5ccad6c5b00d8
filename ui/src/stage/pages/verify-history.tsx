import type { ReactNode } from "react";
import type { Change, HistoryEvent } from "../../shared/types";
import { Brush, Eye, Layouts, Person, Picture, Redo, Trash, Undo, Warning } from "../icons";
import { makerSentence } from "../parts/maker";
import { useWords, type WordKey, type Words } from "../words";

const SIGNS: Record<HistoryEvent["kind"], ReactNode> = {
  generated: <Brush />,
  composed: <Layouts />,
  published: <Person />,
  taken_down: <Warning />,
  withdrawn: <Undo />,
  hidden: <Eye />,
  erased: <Trash />,
  corrected: <Redo />,
  here: <Picture />,
};

const CHANGES: Record<Change, WordKey> = {
  same: "verify.change.same",
  resaved: "verify.change.resaved",
  resized: "verify.change.resized",
  cropped: "verify.change.cropped",
  turned: "verify.change.turned",
  unlike: "verify.change.unlike",
};

/** What is said under an event's name. */
export function about(event: HistoryEvent, words: Words): string {
  const { t } = words;
  switch (event.kind) {
    case "generated":
      return event.maker ? makerSentence(event.maker, words) : "";
    case "composed":
      return event.marks && event.marks.length > 0
        ? t("verify.history.marks", { marks: words.list(event.marks.map((mark) => mark.name)), kit: event.kit ?? "" })
        : t("verify.history.no_marks");
    case "here": {
      const told = (event.changes ?? []).map((change) =>
        t(CHANGES[change], { size: words.percent(event.scale ?? 1), turn: words.number(Math.round((event.turn ?? 0) * 10) / 10) }),
      );
      return told.length > 0 ? words.list(told) : t("verify.change.unknown");
    }
    default:
      return "";
  }
}

/** The way of a work, drawn as a line from its making to the file that was checked. */
export function History({ events, preview }: { events: HistoryEvent[]; preview: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="verify-part">
      <h3>{t("verify.history")}</h3>
      <ol className="way">
        {events.map((event) => {
          const picture = event.kind === "here" ? preview : event.image_url;
          const said = about(event, words);
          return (
            <li key={event.kind} className={`way-stop way-${event.kind}`}>
              <span className="way-sign">{SIGNS[event.kind]}</span>
              <div className="way-words">
                <p className="way-name">{t(`verify.history.${event.kind}`)}</p>
                {event.at && (
                  <p className="soft small">
                    <time dateTime={event.at}>{words.dateTime(event.at)}</time>
                  </p>
                )}
                {said && <p className="small">{said}</p>}
              </div>
              {picture && <img className="way-picture" src={picture} alt={t(event.kind === "here" ? "verify.yours" : "verify.thumbnail")} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
