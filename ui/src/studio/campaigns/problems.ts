/** Brings the server's problems to the fields they are about. */
import type { Problem } from "../../shared/api";
import type { CheckProblem } from "../../shared/staff";
import { pathText, type Path } from "./file";

/** Writes the ways a server may name a place in one way: "markets.0.name" and "body.file.markets[0].name" become "markets[0].name". */
export function plainPath(path: string): string {
  return path
    .replace(/^\/+/, "")
    .replaceAll("/", ".")
    .replace(/^(body\.)?(file(\.|$))?/, "")
    .replace(/\[["']?([^\]"']+)["']?\]/g, (_, step: string) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .replace(/\.(\d+)(?=\.|\[|$)/g, "[$1]");
}

/** The problems at a place, and at places within it unless `exact`. */
export function problemsAt(problems: CheckProblem[], path: Path, exact = false): CheckProblem[] {
  const here = pathText(path);
  return problems.filter((p) => p.path === here || (!exact && within(p.path, here)));
}

/** The problems at any of several places, and within them. */
export function problemsIn(problems: CheckProblem[], paths: Path[]): CheckProblem[] {
  return problems.filter((p) => paths.some((path) => p.path === pathText(path) || within(p.path, pathText(path))));
}

function within(path: string, outer: string): boolean {
  return outer === "" || path.startsWith(outer + ".") || path.startsWith(outer + "[");
}

/** The problems that a refusal carries, with plain paths. */
export function problemsOf(problem: Problem): CheckProblem[] {
  return plain(problem.fields);
}

/** The same problems with plain paths. */
export function plain(problems: CheckProblem[]): CheckProblem[] {
  return problems.map((p) => ({ ...p, path: plainPath(p.path) }));
}
