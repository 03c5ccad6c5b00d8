import { Button } from "@mantine/core";
import { IconChecks, IconInbox } from "../icons";
import type { ItemState } from "../../shared/staff";
import { EmptyState } from "../frame/states";
import { Link } from "../navigation/navigate";

const words: Record<ItemState, { title: string; text: string }> = {
  waiting: { title: "Nothing is waiting", text: "New works, reports and held prompts appear here by themselves. Until then, have a look at a campaign’s public page." },
  published: { title: "Nothing is public yet", text: "Approve a work under Waiting and it shows here, where it can be taken down again." },
  approved: { title: "No approvals of this sort yet", text: "Reports you uphold and prompts you let through are kept here." },
  rejected: { title: "Nothing was rejected", text: "What you reject is kept here with its reason." },
  taken_down: { title: "Nothing was taken down", text: "A public work that goes against the rules can be taken down under Published." },
  withdrawn: { title: "Nobody took a work back", text: "Works that people withdraw before a decision are listed here." },
};

/** What an empty tab says, and what to do first. */
export function NothingHere({ tab, filtered, decided, onShowAll }: { tab: ItemState; filtered: boolean; decided: number; onShowAll: () => void }) {
  if (filtered) {
    return (
      <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title="Nothing of this kind here" action={<Button variant="default" onClick={onShowAll}>Show everything</Button>}>
        The list is narrowed to one kind or one campaign.
      </EmptyState>
    );
  }
  if (tab === "waiting" && decided > 0) {
    return (
      <EmptyState icon={<IconChecks size={30} stroke={1.5} />} title="All done">
        You decided {decided === 1 ? "one item" : `${decided} items`}. What comes next appears here by itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={words[tab].title} action={tab === "waiting" ? <Link to={{ page: "campaigns" }}>See the campaigns</Link> : undefined}>
      {words[tab].text}
    </EmptyState>
  );
}
