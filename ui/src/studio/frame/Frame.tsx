import { ActionIcon, Burger, Menu, UnstyledButton } from "@mantine/core";
import {
  IconBooks, IconChevronUp, IconCoins, IconCpu, IconGavel, IconHandStop, IconKey, IconLogout, IconMoon, IconPalette, IconSearch, IconShieldCheck,
  IconSpeakerphone, IconSun, IconSunMoon, IconUsers, IconZoomCheck,
} from "../icons";
import { useMantineColorScheme } from "@mantine/core";
import { useEffect, useState, type ComponentType, type ReactNode } from "react";
import { fetchItems, signOut } from "../../shared/staff";
import { noteWaiting, useWaiting } from "../data/waiting";
import { Link } from "../navigation/navigate";
import { review, type Route } from "../navigation/route";
import css from "./frame.module.css";
import { Palette } from "./Palette";
import { useSeat } from "./seat";
import { useTell } from "./toasts";
import { Unsigned } from "./Unsigned";

interface Place {
  to: Route;
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Pages that belong to this place. */
  pages: Route["page"][];
}

const places: Place[] = [
  { to: review, label: "Review", icon: IconZoomCheck, pages: ["review"] },
  { to: { page: "campaigns" }, label: "Campaigns", icon: IconSpeakerphone, pages: ["campaigns", "campaign", "new-campaign"] },
  { to: { page: "kits" }, label: "Brand kits", icon: IconPalette, pages: ["kits", "kit", "kit-import"] },
  { to: { page: "guard", part: "text", run: "", from: "" }, label: "Guard", icon: IconShieldCheck, pages: ["guard"] },
  { to: { page: "policies", pack: "" }, label: "Policies", icon: IconGavel, pages: ["policies"] },
  { to: { page: "costs", campaign: "" }, label: "Costs", icon: IconCoins, pages: ["costs"] },
  { to: { page: "models" }, label: "Models", icon: IconCpu, pages: ["models"] },
  { to: { page: "votes", campaign: "" }, label: "Capped votes", icon: IconHandStop, pages: ["votes"] },
  { to: { page: "ledger" }, label: "Ledger", icon: IconBooks, pages: ["ledger"] },
];

const adminPlaces: Place[] = [
  { to: { page: "people" }, label: "Staff", icon: IconUsers, pages: ["people"] },
  { to: { page: "keys" }, label: "API keys", icon: IconKey, pages: ["keys"] },
];

const BEAT = 60_000;

/** The frame of every page: where I am at the left, the work beside it. */
export function Frame({ route, children }: { route: Route; children: ReactNode }) {
  const { can } = useSeat();
  const [open, setOpen] = useState(false);
  const [palette, setPalette] = useState(false);
  useEffect(() => setOpen(false), [route]);
  useWaitingCount(route.page !== "review");

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette((p) => !p);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className={css.frame}>
      <a className="st-skip" href="#work">Skip to the work</a>
      <div className={css.bar}>
        <Burger size="sm" opened={open} onClick={() => setOpen((o) => !o)} aria-label={open ? "Close navigation" : "Open navigation"} aria-controls="rail" aria-expanded={open} />
        <Sign />
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Find" onClick={() => setPalette(true)}><IconSearch size={19} /></ActionIcon>
      </div>
      <nav id="rail" className={css.rail} data-open={open || undefined} aria-label="Studio">
        <div className={css.sign}><Sign /></div>
        <UnstyledButton className={css.find} onClick={() => setPalette(true)}>
          <IconSearch size={15} stroke={1.8} />
          <span>Find anything</span>
          <kbd>{modifier()} K</kbd>
        </UnstyledButton>
        <Places places={places} route={route} />
        {can("admin") && (
          <>
            <p className={css.group}>Admin</p>
            <Places places={adminPlaces} route={route} />
          </>
        )}
        <Person />
      </nav>
      <main id="work" className={css.work}>
        <Unsigned />
        {children}
      </main>
      <Palette open={palette} onClose={() => setPalette(false)} />
    </div>
  );
}

/** Says how the keyboard's command key is called here. */
function modifier(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
}

function Sign() {
  return (
    <Link to={review} className={css.name}>
      <svg viewBox="0 0 28 22" width="28" height="22" aria-hidden>
        <rect x="1.5" y="3.5" width="25" height="15" rx="3.5" className={css.board} />
        {[5, 11, 17, 23].flatMap((x) => [
          <circle key={`t${x}`} cx={x} cy="3.5" r="1.7" className={css.bulb} />,
          <circle key={`b${x}`} cx={x} cy="18.5" r="1.7" className={css.bulb} />,
        ])}
        <path d="M8.5 14V8.2l5.5 4 5.5-4V14" className={css.letter} />
      </svg>
      <span>Marquee <em>Studio</em></span>
    </Link>
  );
}

function Places({ places, route }: { places: Place[]; route: Route }) {
  const waiting = useWaiting();
  return (
    <ul className={css.places}>
      {places.map(({ to, label, icon: Icon, pages }) => {
        const here = pages.includes(route.page);
        return (
          <li key={label}>
            <Link to={to} className={css.place} aria-current={here ? "page" : undefined}>
              <Icon size={18} stroke={1.7} />
              <span>{label}</span>
              {to.page === "review" && waiting !== undefined && waiting > 0 && (
                <span className={css.count} title={`${waiting} waiting`}>{waiting > 999 ? "999+" : waiting}</span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

const schemes = [
  { value: "light", label: "Light", icon: IconSun },
  { value: "dark", label: "Dark", icon: IconMoon },
  { value: "auto", label: "As the device", icon: IconSunMoon },
] as const;

function Person() {
  const { me, left } = useSeat();
  const tell = useTell();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = () => void signOut().then(left, tell.bad);
  return (
    <Menu position="top-start" width={210} shadow="md">
      <Menu.Target>
        <UnstyledButton className={css.person} aria-label={`${me.name}, ${me.role}: look and sign out`}>
          <span className={css.initial} aria-hidden>{[...me.name.trim()][0]?.toUpperCase() ?? "?"}</span>
          <span className={css.who}>
            <b>{me.name}</b>
            <small>{me.role}</small>
          </span>
          <IconChevronUp size={15} stroke={1.7} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Look</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item key={value} leftSection={<Icon size={16} stroke={1.7} />} onClick={() => setColorScheme(value)} rightSection={colorScheme === value ? <span aria-label="chosen">•</span> : null}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Keeps the count beside "Review" fresh while another page is open. */
function useWaitingCount(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const stop = new AbortController();
    const look = () => {
      if (document.hidden) return;
      // The count is a courtesy: a page that needs the server says itself when it is away.
      fetchItems({ state: "waiting", limit: 1 }, stop.signal).then((page) => noteWaiting(page.counts.waiting), () => undefined);
    };
    look();
    const timer = setInterval(look, BEAT);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [active]);
}
