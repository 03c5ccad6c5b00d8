/** Orders versions of three numbers as people count them: 1.9.0 before 1.10.0. */
export function byVersion(a: string, b: string): number {
  const [x, y] = [a, b].map((v) => v.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i++) {
    const d = (x[i] ?? 0) - (y[i] ?? 0);
    if (d !== 0) return d;
  }
  return 0;
}

/** The newest of versions; "" of none. */
export const newest = (versions: string[]) => [...versions].sort(byVersion).at(-1) ?? "";
