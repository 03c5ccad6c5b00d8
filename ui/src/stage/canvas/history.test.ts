import { describe, expect, it } from "vitest";
import { amend, begin, change, redo, undo } from "./history";

describe("the way back", () => {
  it("walks one step at a time, both ways", () => {
    const line = change(change(begin("a"), "b", "", 0), "c", "", 1);
    expect(undo(line).now).toBe("b");
    expect(undo(undo(line)).now).toBe("a");
    expect(redo(undo(line)).now).toBe("c");
    expect(undo(undo(undo(line))).now).toBe("a");
  });

  it("takes changes about the same thing that follow closely as one", () => {
    const line = change(change(begin("a"), "b", "move:x", 0), "c", "move:x", 100);
    expect(undo(line).now).toBe("a");
    expect(undo(change(line, "d", "move:x", 5000)).now).toBe("c");
  });

  it("does not count what is amended as a step", () => {
    const line = amend(change(begin("a"), "b", "", 0), "b2");
    expect(line.now).toBe("b2");
    expect(undo(line).now).toBe("a");
    expect(redo(undo(line)).now).toBe("b2");
  });
});
