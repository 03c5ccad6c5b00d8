/** Finds what someone means by a few letters. */

/**
 * How well a text answers a search: 0 is not at all, higher is better. Every
 * word of the search must be found, whole, as a beginning, or as its letters in
 * order within one word.
 */
export function score(text: string, search: string): number {
  const plain = fold(text);
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  let total = 0;
  for (const wanted of fold(search).split(/\s+/).filter(Boolean)) {
    const best = Math.max(0, ...words.map((w) => wordScore(w, wanted)), plain.includes(wanted) ? 4 : 0);
    if (best === 0) return 0;
    total += best;
  }
  return total === 0 ? 1 : total + 1 / (1 + plain.length);
}

function wordScore(word: string, wanted: string): number {
  if (word === wanted) return 10;
  if (word.startsWith(wanted)) return 8;
  if (word.includes(wanted)) return 4;
  let at = 0;
  for (const letter of word) if (letter === wanted[at]) at++;
  return at === wanted.length && word[0] === wanted[0] ? 1 : 0;
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
