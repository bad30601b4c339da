/**
 * Where a box may connect to. Pure: rules in, verdicts out.
 *
 * @module
 */
import { addressKind, isMetadataAddress, isPublicAddress } from "../domain/address_class.ts";
import { type EgressRule, parseEgressRule, ruleCovers, ruleHolds, ruleText } from "../domain/egress_rule.ts";
import { UserError } from "../domain/error.ts";
import { quoted } from "../domain/printable.ts";

/** Both ends of a connection that was made, before anything is said on it. */
export interface Connected {
  readonly remote: string;
  readonly local: string;
}

/** A verdict is `undefined` for yes, else the reason for no: `not listed`. */
export interface EgressPolicy {
  /** What was asked for: a name or an address, in lower case. */
  judge(host: string, port: number): string | undefined;
  /** Where it led to. `ours` are the addresses of this host. */
  judgeAddress(connected: Connected, port: number, ours: readonly string[]): string | undefined;
  /** The rules as grants of Deno. */
  readonly grants: readonly string[];
}

/** Throws {@linkcode UserError} for the first rule that is none. No rules: nothing gets out. */
export function egressPolicy(texts: readonly string[]): EgressPolicy {
  const rules = texts.map(ruleIn);
  return {
    judge(host, port) {
      if (isMetadataAddress(host)) return `${host} is ${addressKind(host)}`;
      return rules.some((rule) => ruleCovers(rule, host, port)) ? undefined : "not listed";
    },
    judgeAddress({ remote, local }, port, ours) {
      if (isMetadataAddress(remote)) return `${remote} is ${addressKind(remote)}`;
      if (rules.some((rule) => ruleHolds(rule, remote, port))) return undefined;
      // A connection to an address of our own starts from it: said by the kernel, of whatever came up just now.
      if (remote === local || ours.includes(remote)) return `${remote} is an address of this host`;
      return isPublicAddress(remote) ? undefined : `${remote} is ${addressKind(remote)}`;
    },
    grants: [...new Set(rules.map(ruleText))],
  };
}

function ruleIn(text: string): EgressRule {
  const rule = parseEgressRule(text);
  if (typeof rule !== "string") return rule;
  throw new UserError(`Cannot use the egress rule ${quoted(text)}: it ${rule}`, {
    hint: "stakpak warden list shows the rules of autopilot.toml",
    exitCode: 2,
  });
}
