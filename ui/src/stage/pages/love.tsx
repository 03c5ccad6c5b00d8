import { useEffect, useState } from "react";
import { ask, asProblem } from "../../shared/api";
import { Arrival } from "../create/arrival";
import { Heart } from "../icons";
import { Sheet } from "../parts/sheet";
import { sentenceOf } from "../parts/trouble";
import { useCampaign, useStage } from "../stage";
import { useWords } from "../words";

/**
 * One vote a participant: shown at once, and taken back if the server says no.
 * Someone who has not arrived yet is asked the arrival questions first.
 */
export function LoveButton({
  entry,
  large = false,
}: {
  entry: { id: string; title: string; votes: number; voted: boolean };
  large?: boolean;
}) {
  const words = useWords();
  const campaign = useCampaign();
  const { tell } = useStage();
  const [state, setState] = useState({ votes: entry.votes, voted: entry.voted });
  const [busy, setBusy] = useState(false);
  const [arriving, setArriving] = useState(false);
  useEffect(() => setState({ votes: entry.votes, voted: entry.voted }), [entry.votes, entry.voted]);

  const vote = async (voted: boolean) => {
    if (busy) return;
    const before = state;
    setState({ voted, votes: Math.max(0, before.votes + (voted ? 1 : -1)) });
    setBusy(true);
    try {
      const answer = await ask<{ votes: number; voted: boolean }>(`/entries/${entry.id}/vote`, {
        method: voted ? "PUT" : "DELETE",
      });
      setState({ votes: answer.votes, voted: answer.voted });
    } catch (thrown) {
      setState(before);
      const problem = asProblem(thrown);
      if (problem.status === 401) setArriving(true);
      else tell(sentenceOf(problem, words));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <button
        type="button"
        className={`love${large ? " love-large" : ""}`}
        aria-pressed={state.voted}
        onClick={() => void vote(!state.voted)}
      >
        <Heart />
        <span className="hidden">{words.t("love.label", { title: entry.title })}</span>
        <span>{large ? words.count("love.votes", state.votes) : words.number(state.votes)}</span>
      </button>
      {arriving && (
        <Sheet title={words.t("arrival.title")} onClose={() => setArriving(false)}>
          <Arrival
            campaign={campaign}
            button={words.t("love.arrive")}
            onArrived={() => {
              setArriving(false);
              void vote(true);
            }}
          />
        </Sheet>
      )}
    </>
  );
}
