import type { ReactNode, SVGProps } from "react";

function icon(name: string, drawing: ReactNode, flips = false) {
  function Icon(props: SVGProps<SVGSVGElement>) {
    return (
      <svg
        viewBox="0 0 24 24"
        width="24"
        height="24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        {...props}
        className={`icon${flips ? " icon-flips" : ""}${props.className ? ` ${props.className}` : ""}`}
      >
        {drawing}
      </svg>
    );
  }
  Icon.displayName = name;
  return Icon;
}

/** Drawings of our own on a 24 grid. Those that point somewhere turn round in right-to-left. */
export const Arrow = icon("Arrow", <path d="M4 12h15m-6-6 6 6-6 6" />, true);
export const Back = icon("Back", <path d="M20 12H5m6 6-6-6 6-6" />, true);
export const Close = icon("Close", <path d="m6 6 12 12M18 6 6 18" />);
export const Check = icon("Check", <path d="m5 12.5 4.5 4.5L19 7.5" />);
export const Plus = icon("Plus", <path d="M12 5v14M5 12h14" />);
export const Globe = icon(
  "Globe",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c2.6 2.4 3.8 5.3 3.8 8.5s-1.2 6.1-3.8 8.5c-2.6-2.4-3.8-5.3-3.8-8.5S9.4 5.9 12 3.5Z" />
  </>,
);
export const Dice = icon(
  "Dice",
  <>
    <rect x="4" y="4" width="16" height="16" rx="4" />
    <path d="M8.7 8.7h.01M15.3 8.7h.01M12 12h.01M8.7 15.3h.01M15.3 15.3h.01" strokeWidth="2.6" />
  </>,
);
export const Heart = icon(
  "Heart",
  <path d="M12 20s-7.5-4.6-7.5-10.1A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.7C19.5 15.4 12 20 12 20Z" />,
);
export const Share = icon("Share", <path d="M12 15V4m-4 3.5L12 4l4 3.5M6 12v6.5a1.5 1.5 0 0 0 1.5 1.5h9a1.5 1.5 0 0 0 1.5-1.5V12" />);
export const Download = icon("Download", <path d="M12 4v11m-4.5-4 4.5 4.5 4.5-4.5M5 20h14" />);
export const Flag = icon("Flag", <path d="M6 21V4.5c4-2.5 7 2 12 0v9c-5 2-8-2.5-12 0" />);
export const Brush = icon(
  "Brush",
  <path d="M20 4c-5 2-9 6-10.5 9.5l2 2C15 14 18.5 9.5 20 4ZM8.5 14.5c-2.5 0-3.5 1.5-3.5 3.5 0 1-.7 1.7-1.5 2 3.5.8 7-.5 7-3.5Z" />,
);
export const Info = icon(
  "Info",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11v5M12 8h.01" />
  </>,
);
export const Undo = icon("Undo", <path d="M8.5 5 4.5 9l4 4M5 9h9a5 5 0 0 1 0 10h-4" />, true);
export const Redo = icon("Redo", <path d="m15.5 5 4 4-4 4M19 9h-9a5 5 0 0 0 0 10h4" />, true);
export const Trash = icon("Trash", <path d="M5 7h14M10 7V4.5h4V7m-7.5 0 .8 12.5h9.4L17.5 7M10.5 11v5M13.5 11v5" />);
export const Type = icon("Type", <path d="M5 7.5V5h14v2.5M12 5v14M9 19h6" />);
export const Link2 = icon(
  "Link",
  <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1" />,
);
export const Expand = icon("Expand", <path d="M14 4h6v6M20 4l-6.5 6.5M10 20H4v-6M4 20l6.5-6.5" />);
export const Seal = icon(
  "Seal",
  <path d="m12 3 2.4 1.9 3-.2.9 2.9 2.5 1.7L19.7 12l1.1 2.7-2.5 1.7-.9 2.9-3-.2L12 21l-2.4-1.9-3 .2-.9-2.9-2.5-1.7L4.3 12 3.2 9.3l2.5-1.7.9-2.9 3 .2L12 3Zm-3.5 9.3 2.5 2.4 4.5-5" />,
);
export const Layouts = icon("Layouts", <path d="M5 4.5h14a.5.5 0 0 1 .5.5v14a.5.5 0 0 1-.5.5H5a.5.5 0 0 1-.5-.5V5a.5.5 0 0 1 .5-.5Zm-.5 6h15M11 10.5v9" />);
export const Person = icon("Person", <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.8-3.8 3.7-5.5 7.5-5.5s6.7 1.7 7.5 5.5" />);
export const Pencil = icon("Pencil", <path d="m4 20 1-4.5L16 4.5a1.8 1.8 0 0 1 2.5 0l1 1a1.8 1.8 0 0 1 0 2.5L8.5 19 4 20Z" />);
export const Picture = icon("Picture", <path d="M5.5 4.5h13a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1Zm-1 11 4.5-4 4 3.5 2.5-2 4 3.5M15.5 9h.01" />);
export const Warning = icon("Warning", <path d="M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.5h.01" />);
export const Minus = icon("Minus", <path d="M5 12h14" />);
export const TurnLeft = icon("TurnLeft", <path d="M4.5 5v5h5M5 10a8 8 0 1 1-.5 5" />);
export const TurnRight = icon("TurnRight", <path d="M19.5 5v5h-5M19 10a8 8 0 1 0 .5 5" />);
export const Camera = icon(
  "Camera",
  <>
    <path d="M4.5 7.5h3l1.5-2.5h6l1.5 2.5h3a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V8.5a1 1 0 0 1 1-1Z" />
    <circle cx="12" cy="13" r="3.4" />
  </>,
);
export const Clock = icon(
  "Clock",
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.2l3.2 2" />
  </>,
);
export const Eye = icon(
  "Eye",
  <>
    <path d="M3 12c2.2-4 5.3-6 9-6s6.8 2 9 6c-2.2 4-5.3 6-9 6s-6.8-2-9-6Z" />
    <circle cx="12" cy="12" r="2.6" />
  </>,
);
