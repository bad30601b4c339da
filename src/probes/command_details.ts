import type { CommandOutput } from "../host/inspection.ts";

/** A screen line or three: enough to recognise an error, too little to drown the report. */
const MAX_CHARACTERS = 240;

/** What a command said, as details of a finding: its stderr, else its stdout; empty when it said nothing. */
export function commandDetails({ stdout, stderr }: CommandOutput): string[] {
  const said = (stderr.trim() || stdout.trim()).replaceAll(/:\/\/[^/\s@]*@/g, "://…@");
  if (said === "") return [];
  return [said.length > MAX_CHARACTERS ? `${said.slice(0, MAX_CHARACTERS - 3)}...` : said];
}
