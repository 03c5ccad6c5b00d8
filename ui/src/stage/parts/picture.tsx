import type { CSSProperties } from "react";

/** The widths the server publishes pictures at. */
const WIDTHS = [320, 480, 640, 960, 1280, 1600, 2048];

/** Adds or replaces one query value of an address that is relative to the site. */
export function withQuery(url: string, values: Record<string, string | number>): string {
  const address = new URL(url, window.location.origin);
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, String(value));
  return address.origin === window.location.origin ? address.pathname + address.search : address.href;
}

/**
 * A picture from the server at the width the screen needs. `sizes` is the CSS
 * width it is shown at; `ratio` (width / height) keeps its place free while it loads.
 */
export function Shot({
  src,
  alt,
  sizes,
  ratio,
  eager = false,
  max = 2048,
  className = "",
}: {
  src: string;
  alt: string;
  sizes: string;
  ratio?: number;
  eager?: boolean;
  max?: number;
  className?: string;
}) {
  const style: CSSProperties = ratio ? { aspectRatio: String(ratio) } : {};
  const widths = WIDTHS.filter((width) => width <= max);
  return (
    <div className={`picture ${className}`} style={style}>
      <img
        src={withQuery(src, { width: Math.min(960, max) })}
        srcSet={widths.map((width) => `${withQuery(src, { width })} ${width}w`).join(", ")}
        sizes={sizes}
        alt={alt}
        loading={eager ? "eager" : "lazy"}
        fetchPriority={eager ? "high" : "auto"}
        decoding="async"
      />
    </div>
  );
}
