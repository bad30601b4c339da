import { type ConfigProblem, placeOf } from "../config/problem.ts";

/** Problems as details of a finding, one line each: place, message, hint. */
export function problemLines(problems: readonly ConfigProblem[]): string[] {
  return problems.map((problem) =>
    `${placeOf(problem)}: ${problem.message}${problem.hint ? ` (${problem.hint})` : ""}`
  );
}
