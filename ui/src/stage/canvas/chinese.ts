/** The characters that two bytes stand for in an encoding, for these first and second bytes. */
function charactersOf(encoding: string, firsts: [number, number][], seconds: [number, number]): Set<string> {
  const bytes: number[] = [];
  for (const [from, to] of firsts) {
    for (let a = from; a <= to; a++) for (let b = seconds[0]; b <= seconds[1]; b++) bytes.push(a, b, 0x0a);
  }
  return new Set(new TextDecoder(encoding).decode(new Uint8Array(bytes)));
}

let simplified: Set<string> | null = null;

/** The characters of GB 2312 that are not in JIS X 0208, worked out when first asked for. */
function simplifiedOnly(): Set<string> {
  if (simplified) return simplified;
  const japanese = charactersOf("shift_jis", [[0x88, 0x9f], [0xe0, 0xfc]], [0x40, 0xfc]);
  const chinese = charactersOf("gbk", [[0xb0, 0xf7]], [0xa1, 0xfe]);
  simplified = new Set([...chinese].filter((c) => c >= "\u4e00" && c <= "\u9fff" && !japanese.has(c)));
  return simplified;
}

/** Whether a text is Chinese: it has a simplified character and no kana. The server asks the same. */
export function chineseText(text: string): boolean {
  if (!/\p{Script=Han}/u.test(text) || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return false;
  return [...text].some((c) => simplifiedOnly().has(c));
}

/** The order in which a Chinese text looks in fonts: the first Chinese one before the first Japanese one. */
export function chineseFirst(fonts: { scripts?: string[] }[]): number[] {
  const order = fonts.map((_, i) => i);
  const zh = fonts.findIndex((font) => font.scripts?.includes("chinese"));
  const ja = fonts.findIndex((font) => font.scripts?.includes("japanese"));
  if (zh < 0 || ja < 0 || zh < ja) return order;
  order.splice(zh, 1);
  order.splice(ja, 0, zh);
  return order;
}
