import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import type { CallRecord } from "../server/records.ts";

const LINE_CHARACTERS = 120;

/** A call in one line, cut where it is long: `stakpak__run_command {"command":"ls"}`. */
export function callLine({ tool, input }: Pick<CallRecord, "tool" | "input">): string {
  return `${plainText(tool)} ${oneLine(JSON.stringify(input), LINE_CHARACTERS)}`;
}

/** All that somebody who decides has to see: nothing is cut. */
export function callText({ id, tool, input, rule, profile, place }: CallRecord): string {
  const where = place === "host" ? "on this machine, outside the sandbox" : "in the sandbox";
  return [
    `${plainText(tool)} ${where} (${id}, profile ${plainText(profile)}: ${plainText(rule)})`,
    indented(plainJson(input).trimEnd()),
  ].join("\n");
}

/** A text in one line of plain text, at most so many characters. */
export function oneLine(text: string, characters: number): string {
  const all = [...plainText(text)];
  return all.length <= characters ? all.join("") : `${all.slice(0, characters - 1).join("")}…`;
}

export function indented(text: string): string {
  return text.split("\n").map((line) => `  ${line}`).join("\n");
}
