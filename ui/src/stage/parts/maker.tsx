import type { Maker } from "../../shared/types";
import { Brush } from "../icons";
import { useWords, type Words } from "../words";

/** Who painted it, in one honest sentence. */
export function makerSentence(maker: Maker, words: Words): string {
  return maker.kind === "model"
    ? words.t("maker.model", { name: maker.name })
    : words.t("maker.painter");
}

/** The label that stands with every picture: made by a painter's program or by an AI model. */
export function MakerLine({ maker, fallback = false }: { maker: Maker; fallback?: boolean }) {
  const words = useWords();
  return (
    <p className="maker">
      <Brush />
      <span>
        {makerSentence(maker, words)}
        {fallback && ` ${words.t("maker.fallback")}`}
      </span>
    </p>
  );
}
