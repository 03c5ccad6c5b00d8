/** What a key does to the layer that has the focus. */
export type KeyMove =
  | { do: "move"; x: number; y: number }
  | { do: "size"; factor: number }
  | { do: "lean"; degrees: number }
  | { do: "remove" };

const FAR = 10;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Reads a key: arrows move (Shift: further), + and - size, [ and ] lean, Delete removes. */
export function keyMove(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">): KeyMove | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const far = event.shiftKey ? FAR : 1;
    return { do: "move", x: arrow[0] * far, y: arrow[1] * far };
  }
  switch (event.key) {
    case "+":
    case "=":
      return { do: "size", factor: 1.04 };
    case "-":
    case "_":
      return { do: "size", factor: 1 / 1.04 };
    case "[":
      return { do: "lean", degrees: -1 };
    case "]":
      return { do: "lean", degrees: 1 };
    case "Delete":
    case "Backspace":
      return { do: "remove" };
    default:
      return null;
  }
}
