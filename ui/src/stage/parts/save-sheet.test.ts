import { describe, expect, it } from "vitest";
import { filesOf, largest } from "./save-sheet";

describe("the files of a work", () => {
  it("are one a format, the largest, with what opens everywhere first", () => {
    const file = (format: string, width: number) => ({ format, width, url: `/${format}/${width}` });
    const given = [file("png", 1280), file("png", 2048), file("pdf", 1024), file("jpeg", 2048), file("jpeg", 1280), file("gif", 9)];
    expect(largest(given).map((f) => f.url)).toEqual(["/jpeg/2048", "/png/2048", "/pdf/1024"]);
  });

  it("of one's own work name the format and ask to be saved", () => {
    const files = filesOf("/api/v1/creations/1/image?revision=3");
    expect(files.map((f) => f.format)).toEqual(["jpeg", "png", "webp", "avif", "pdf"]);
    for (const f of files) expect(f.url).toBe(`/api/v1/creations/1/image?revision=3&format=${f.format}&download=1`);
  });
});
