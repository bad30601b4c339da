/**
 * Changes to `[sandbox] egress` of `autopilot.toml`. Pure: a document in, a document out.
 *
 * @module
 */
import { parseEgressRule, ruleIncludes, ruleText } from "../domain/egress_rule.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { quoted } from "../domain/printable.ts";
import { shellWord } from "../host/shell_word.ts";
import type { TomlDocument } from "./toml_document.ts";

const PATH = ["sandbox", "egress"];

/** Adds a rule behind the others; one that means the same stays as it is. Throws {@linkcode UserError}. */
export function allowEgress(document: TomlDocument, rule: string): TomlDocument {
  const wanted = textOf(rule, "allow");
  return writtenRules(document).some((written) => meaning(written) === wanted)
    ? document
    : document.pushValue(PATH, wanted);
}

/** Removes a rule, however it is written. Throws {@linkcode UserError} when it is not there. */
export function denyEgress(document: TomlDocument, rule: string): TomlDocument {
  const wanted = textOf(rule, "deny");
  const index = writtenRules(document).findIndex((written) => meaning(written) === wanted);
  if (index >= 0) {
    const rest = document.removeValue([...PATH, index]);
    const again = writtenRules(rest).some((written) => meaning(written) === wanted);
    return again ? denyEgress(rest, rule) : rest;
  }
  const [wider] = stillAllowedBy(writtenRules(document).filter((text) => typeof text === "string"), wanted);
  throw new UserError(
    wider === undefined
      ? `Cannot deny ${wanted}: ${document.file} does not allow it`
      : `Cannot deny ${wanted}: ${document.file} has no such rule, it is allowed by ${wider}`,
    {
      hint: wider === undefined ? "stakpak warden list" : `stakpak warden deny ${shellWord(wider)}`,
      exitCode: EXIT.usage,
    },
  );
}

/** Those of `rules` that let through all that `rule` does. */
export function stillAllowedBy(rules: readonly string[], rule: string): string[] {
  const narrow = parseEgressRule(rule);
  return rules.filter((text) => {
    const wide = parseEgressRule(text);
    return typeof wide !== "string" && typeof narrow !== "string" && ruleIncludes(wide, narrow);
  });
}

function writtenRules(document: TomlDocument): unknown[] {
  const list = document.at(PATH);
  return Array.isArray(list) ? list : [];
}

function meaning(written: unknown): string | undefined {
  const rule = typeof written === "string" ? parseEgressRule(written) : "";
  return typeof rule === "string" ? undefined : ruleText(rule);
}

function textOf(rule: string, verb: string): string {
  const parsed = parseEgressRule(rule);
  if (typeof parsed !== "string") return ruleText(parsed);
  throw new UserError(`Cannot ${verb} ${quoted(rule)}: it ${parsed}`, {
    hint: `stakpak warden ${verb} github.com:443`,
    exitCode: EXIT.usage,
  });
}
