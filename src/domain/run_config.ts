/**
 * Everything one run needs to know: nothing is looked up after this.
 *
 * @module
 */
import { DEFAULT_TURNS, type RunOverrides } from "./run.ts";
import type { ToolPolicy } from "./tool_policy.ts";

export interface RunConfig {
  /** The profile's name. */
  readonly profile: string;
  /** `provider/model`. */
  readonly model: string;
  /** The base prompt, or what replaces it. */
  readonly systemPrompt: string;
  readonly maxTurns: number;
  readonly policy: ToolPolicy;
}

/** What the layers below the overrides say. Source: server spec §3.2, config guide "Runtime resolution path". */
export interface RunDefaults {
  /** Of the request itself, of the session's last run, of `[server]`, of the first provider with a key: the first that there is. */
  readonly models: readonly (string | undefined)[];
  readonly systemPrompt: string;
  /** `[server] auto_approve_all`. */
  readonly approveAll: boolean;
  /** The profile's `allowed_tools`: nothing that a caller says goes beyond it. */
  readonly allowedTools: readonly string[] | undefined;
}

/** What runs decide by, field by field: the caller's overrides, the profile's, the defaults. `undefined`: no model is known. */
export function resolveRun(
  profile: string,
  defaults: RunDefaults,
  ofProfile: RunOverrides,
  ofCaller: RunOverrides,
): RunConfig | undefined {
  const overrides = { ...ofProfile, ...ofCaller };
  const model = [overrides.model, ...defaults.models].find((text) => text !== undefined && text !== "");
  if (model === undefined) return undefined;
  const approve = overrides.autoApprove ?? (defaults.approveAll ? "all" : undefined);
  return {
    profile,
    model,
    systemPrompt: overrides.systemPrompt || defaults.systemPrompt,
    maxTurns: overrides.maxTurns ?? DEFAULT_TURNS,
    policy: { allowed: defaults.allowedTools, approve },
  };
}
