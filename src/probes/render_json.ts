import { plainJson } from "../domain/plain_json.ts";
import type { Report } from "./report.ts";

/** Every key of a report, in the order of DESIGN §7; one list fits all its depths. */
const KEYS = (
  "schema version mode ok id title category status block warn pass skip summary details fix command " +
  "acknowledged reason until docs durationMs checks"
).split(" ");

/** The report itself, keys always in the same order. */
export function renderJson(report: Report): string {
  return plainJson(report, KEYS);
}
