import { expect, test } from "vitest";
import { chineseFirst, chineseText } from "./chinese";

test("simplified characters without kana are Chinese", () => {
  expect(chineseText("每扇窗里都有一盏灯")).toBe(true);
  expect(chineseText("冬のあかり")).toBe(false);
  expect(chineseText("冬灯")).toBe(false);
  expect(chineseText("谨这们 かな")).toBe(false);
  expect(chineseText("Light")).toBe(false);
});

test("the Chinese font goes before the Japanese one", () => {
  const fonts = [["latin"], ["japanese"], ["korean"], ["chinese"]].map((scripts) => ({ scripts }));
  expect(chineseFirst(fonts)).toEqual([0, 3, 1, 2]);
  expect(chineseFirst([{ scripts: ["latin"] }, {}])).toEqual([0, 1]);
});
