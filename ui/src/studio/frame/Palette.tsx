import { Modal } from "@mantine/core";
import { useMantineColorScheme } from "@mantine/core";
import { IconArrowRight, IconBolt, IconSearch, IconSpeakerphone } from "../icons";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { fetchCampaigns, signOut, type CampaignRow } from "../../shared/staff";
import { go } from "../navigation/navigate";
import { review, type Route } from "../navigation/route";
import { score } from "./matching";
import css from "./palette.module.css";
import { useSeat } from "./seat";
import { useTell } from "./toasts";

interface Command {
  id: string;
  label: string;
  hint: string;
  kind: "page" | "campaign" | "act";
  run: () => void;
}

const icons = { page: IconArrowRight, campaign: IconSpeakerphone, act: IconBolt };
const MOST = 12;

/** Goes anywhere and does anything by a few letters. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal opened={open} onClose={onClose} withCloseButton={false} padding={0} size="34rem" centered={false} yOffset="12vh" aria-label="Find anything" transitionProps={{ duration: 90 }}>
      {open && <Search onClose={onClose} />}
    </Modal>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const commands = useCommands();
  const list = useRef<HTMLUListElement>(null);
  const found = useMemo(
    () =>
      commands
        .map((command) => ({ command, points: score(`${command.label} ${command.hint}`, text) }))
        .filter((f) => f.points > 0)
        .sort((a, b) => (text.trim() === "" ? 0 : b.points - a.points))
        .slice(0, MOST)
        .map((f) => f.command),
    [commands, text],
  );
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: "nearest" }), [chosen]);

  const take = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Enter") take(found[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={css.search}>
        <IconSearch size={18} stroke={1.7} aria-hidden />
        <input
          data-autofocus autoFocus value={text} placeholder="Go to a page, a campaign, or do something"
          onChange={(e) => { setText(e.currentTarget.value); setAt(0); }} onKeyDown={onKey}
          role="combobox" aria-expanded aria-controls="palette-list" aria-activedescendant={found[chosen] ? `palette-${found[chosen].id}` : undefined} aria-label="Find anything"
        />
        <kbd>Esc</kbd>
      </div>
      <ul id="palette-list" className={css.list} role="listbox" ref={list} aria-label="Found">
        {found.map((command, i) => {
          const Icon = icons[command.kind];
          return (
            <li key={command.id} id={`palette-${command.id}`} role="option" aria-selected={i === chosen} onMouseMove={() => setAt(i)} onClick={() => take(command)}>
              <Icon size={16} stroke={1.7} aria-hidden />
              <span>{command.label}</span>
              <small>{command.hint}</small>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className={css.none}>Nothing is called that. Try fewer letters.</p>}
    </>
  );
}

function useCommands(): Command[] {
  const { can, left } = useSeat();
  const tell = useTell();
  const { setColorScheme } = useMantineColorScheme();
  const [campaigns, setCampaigns] = useState<CampaignRow[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    // Without the campaigns the palette still goes to every page.
    fetchCampaigns(stop.signal).then(setCampaigns, () => undefined);
    return () => stop.abort();
  }, []);

  return useMemo(() => {
    const page = (label: string, hint: string, to: Route): Command => ({ id: label.replace(/\W+/g, "-"), label, hint, kind: "page", run: () => go(to) });
    const act = (label: string, hint: string, run: () => void): Command => ({ id: label.replace(/\W+/g, "-"), label, hint, kind: "act", run });
    return [
      page("Review", "what waits for a person", review),
      page("Published works", "review, take down", { ...review, tab: "published" } as Route),
      page("Rejected works", "review", { ...review, tab: "rejected" } as Route),
      page("Taken down works", "review", { ...review, tab: "taken_down" } as Route),
      page("Reports waiting", "review", { ...review, kind: "report" } as Route),
      page("Held prompts", "review", { ...review, kind: "generation" } as Route),
      page("Campaigns", "all campaigns", { page: "campaigns" }),
      page("Brand kits", "marks and colours", { page: "kits" }),
      page("Guard", "try a text or a picture", { page: "guard", part: "text", run: "", from: "" }),
      page("Guard’s corpora", "run, compare", { page: "guard", part: "corpora", run: "", from: "" }),
      page("Marked mistakes", "false alarms, misses", { page: "guard", part: "marked", run: "", from: "" }),
      page("Policies", "packs of rules", { page: "policies", pack: "" }),
      page("Costs", "money, budgets, alerts", { page: "costs", campaign: "" }),
      page("Models", "register, trials, keys", { page: "models" }),
      page("Capped votes", "votes by address", { page: "votes", campaign: "" }),
      page("Ledger", "every decision", { page: "ledger" }),
      ...(can("admin") ? [page("Staff", "people, invite links", { page: "people" }), page("API keys", "for programs", { page: "keys" })] : []),
      ...(can("producer") ? [page("Begin a kit from a file", "tokens, brand book, logo", { page: "kit-import" }), page("New campaign", "from a template", { page: "new-campaign", from: "" })] : []),
      ...campaigns.flatMap((c): Command[] => [
        { id: `c-${c.slug}`, label: c.name || c.slug, hint: `campaign, ${c.state}`, kind: "campaign", run: () => go({ page: "campaign", slug: c.slug }) },
        { id: `p-${c.slug}`, label: `${c.name || c.slug}: public page`, hint: "opens a new tab", kind: "campaign", run: () => void window.open(`/c/${encodeURIComponent(c.slug)}`, "_blank", "noopener") },
      ]),
      act("Light look", "theme", () => setColorScheme("light")),
      act("Dark look", "theme", () => setColorScheme("dark")),
      act("Look as the device", "theme", () => setColorScheme("auto")),
      act("Sign out", "ends this session", () => void signOut().then(left, tell.bad)),
    ];
  }, [campaigns, can, left, setColorScheme, tell.bad]);
}
