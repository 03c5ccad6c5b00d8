import { forwardRef, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";
import { hrefOf, parseRoute, type Route } from "./route";

const moved = new EventTarget();

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  moved.addEventListener("moved", listener);
  return () => {
    window.removeEventListener("popstate", listener);
    moved.removeEventListener("moved", listener);
  };
}

const address = () => window.location.pathname + window.location.search;

/** Goes to a page; `replace` leaves no step in the history. */
export function go(route: Route, replace = false): void {
  goTo(hrefOf(route), replace);
}

/** Goes to an address of the Studio. */
export function goTo(href: string, replace = false): void {
  if (href === address()) return;
  window.history[replace ? "replaceState" : "pushState"](null, "", href);
  moved.dispatchEvent(new Event("moved"));
}

/** The page that the address names. */
export function useRoute(): Route {
  const now = useSyncExternalStore(subscribe, address);
  const [path = "", search = ""] = now.split("?");
  return parseRoute(path, search);
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: Route;
}

/** A real link that changes the page without loading it anew. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function Link({ to, onClick, ...rest }, ref) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} ref={ref} href={hrefOf(to)} onClick={follow} />;
});
