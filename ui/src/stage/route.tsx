import {
  useEffect,
  useRef,
  useSyncExternalStore,
  type AnchorHTMLAttributes,
  type MouseEvent,
  type ReactNode,
} from "react";

/** Where the visitor is: a page, the campaign it belongs to, and the entry shown. */
export type Route =
  | { page: "house" | "verify" | "missing" }
  | {
      page: "campaign" | "create" | "works" | "gallery" | "back" | "report" | "terms";
      slug: string;
    }
  | { page: "work"; slug: string; entry: string };

const CAMPAIGN_PAGES = ["create", "works", "gallery", "back", "report", "terms"] as const;

/** Reads an address path. Anything unknown is the missing page. */
export function routeOf(path: string): Route {
  const parts = path.split("/").filter(Boolean).map(decode);
  const [first, slug, name, entry] = parts;
  if (parts.length === 0) return { page: "house" };
  if (first === "verify" && parts.length === 1) return { page: "verify" };
  if (first !== "c" || !slug) return { page: "missing" };
  if (parts.length === 2) return { page: "campaign", slug };
  if (parts.length === 4 && name === "w" && entry) return { page: "work", slug, entry };
  const page = CAMPAIGN_PAGES.find((p) => p === name);
  return page && parts.length === 3 ? { page, slug } : { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listeners = new Set<() => void>();
/** True once the visitor has moved inside the page: only then may focus be moved. */
let moved = false;

function announce(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onPop = () => {
    moved = true;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("popstate", onPop);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", onPop);
  };
}

const here = () => window.location.pathname + window.location.search;

/** The current address, path and query; the component follows it. */
export function useAddress(): URL {
  const address = useSyncExternalStore(subscribe, here);
  return new URL(address, window.location.origin);
}

/** Goes to an address inside the Stage. Replacing keeps the reader's place on the page. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") {
    window.history.replaceState(null, "", to);
  } else {
    moved = true;
    window.history.pushState(null, "", to);
    window.scrollTo(0, 0);
  }
  announce();
  if (how === "push") scrollToHash();
}

/** Brings the part of the page that the address names into view, when it is there. */
export function scrollToHash(): void {
  const id = window.location.hash.slice(1);
  if (id) document.getElementById(id)?.scrollIntoView();
}

/** A real link that the Stage follows without loading the page anew. */
export function Link({
  to,
  children,
  ...rest
}: { to: string; children: ReactNode } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    rest.onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || rest.target) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={to} onClick={onClick}>
      {children}
    </a>
  );
}

/**
 * The page's first heading. It names the document, and takes the focus when the
 * visitor came here from another page of the Stage, so that it is read out.
 */
export function Heading({
  children,
  title,
  className,
}: {
  children: ReactNode;
  /** The document's title, when it says more than the heading. */
  title: string;
  className?: string;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (moved) ref.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
