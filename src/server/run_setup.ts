/**
 * What a run goes by, found anew for each run and each resumption: nothing is remembered of a profile. It fails closed:
 * what does not resolve is refused.
 *
 * @module
 */
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { Loaded } from "../config/load.ts";
import { placeOf } from "../config/problem.ts";
import { type ResolvedProfile, resolveProfile } from "../config/resolve_profile.ts";
import { UserError } from "../domain/error.ts";
import { resolveRun, type RunConfig } from "../domain/run_config.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { ModelRoute } from "../models/model_route.ts";
import { ApiError } from "./api_error.ts";
import { BASE_PROMPT } from "./base_prompt.ts";
import { checkOverrides } from "./check_overrides.ts";
import type { RunRequestRecord, SessionRecord, ToolPlace } from "./records.ts";
import type { RunParts } from "./run_parts.ts";

export interface RunSetup {
  readonly profile: ResolvedProfile;
  readonly config: RunConfig;
  readonly route: ModelRoute;
  readonly place: ToolPlace;
  readonly budget: NonNullable<AutopilotFile["budget"]>;
  readonly parallelRuns: number;
  /** What the reader of the run should know. */
  readonly notes: readonly string[];
}

export interface SetupParts {
  readonly request: Omit<RunRequestRecord, "text" | "context" | "pauseOnApproval">;
  readonly session: Pick<SessionRecord, "tools" | "model">;
  /** What counts where the session has no place for tools yet. */
  readonly sandbox: boolean;
}

/** Rejects with `ApiError` 400 `invalid_overrides`, `invalid_profile`, `invalid_model`. */
export async function setUpRun(
  parts: Pick<RunParts, "profile" | "loadConfig" | "loadAutopilot" | "routeOf" | "firstModel">,
  { request, session, sandbox }: SetupParts,
): Promise<RunSetup> {
  checkOverrides(request.overrides);
  const [configFile, autopilot] = await Promise.all([parts.loadConfig(), parts.loadAutopilot()]);
  requireWhole(autopilot);
  const { server = {}, budget = {} } = autopilot.value;
  const profile = await orRefuse(
    "invalid_profile",
    () => resolveProfile(configFile, request.profile, parts.profile),
  );
  const config = resolveRun(
    request.profile,
    {
      models: [request.model, session.model, server.model, parts.firstModel(profile)],
      systemPrompt: BASE_PROMPT,
      approveAll: server.auto_approve_all === true,
      allowedTools: profile.allowedTools,
    },
    profile.overrides,
    request.overrides,
  );
  if (!config) {
    throw new ApiError(
      400,
      "invalid_model",
      `Cannot choose a model: neither the request, the profile nor [server] names one, and no provider has a key`,
      'set model = "provider/model" in the profile, or give one of its providers a key: stakpak model list',
    );
  }
  const place = placeOfTools(session, sandbox, server.host_tools === true);
  return {
    profile,
    config,
    route: await orRefuse("invalid_model", () => parts.routeOf(config.model, profile)),
    place,
    budget,
    parallelRuns: server.max_parallel_runs ?? RUN_LIMITS.parallelRuns,
    notes: notesOf(place, session, sandbox),
  };
}

/** What `routeOf` or `resolveProfile` refuse, as the API says it. */
export async function orRefuse<T>(
  code: "invalid_profile" | "invalid_model",
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) throw new ApiError(400, code, error.message, error.hint);
    throw error;
  }
}

/** A broken section may have held a limit, or named what nobody is to read. */
const NEEDED = ["", "server", "budget", "secrets"];

function requireWhole({ broken }: Loaded<AutopilotFile>): void {
  const problem = NEEDED.map((part) => broken.get(part)).find(Boolean);
  if (!problem) return;
  const message = `Cannot start a run (${placeOf(problem)}): ${problem.message}`;
  throw new ApiError(400, "invalid_profile", message, problem.hint ?? "stakpak config validate");
}

function placeOfTools(
  { tools }: Pick<SessionRecord, "tools">,
  sandbox: boolean,
  hostTools: boolean,
): ToolPlace {
  const place = tools ?? (sandbox ? "sandbox" : hostTools ? "host" : "none");
  if (place !== "host" || hostTools) return place;
  throw new ApiError(
    400,
    "invalid_profile",
    "Cannot start a run: this session's tools are on the host, and [server] host_tools is off",
    "start a new session",
  );
}

function notesOf(place: ToolPlace, { tools }: Pick<SessionRecord, "tools">, sandbox: boolean): string[] {
  const fixed = tools === undefined ? "" : ", as fixed at this session's first run";
  if (place === "none") return [`This session has no tools: it has no sandbox${fixed}.`];
  if (place === "host") {
    return [`Tools run on the host, outside of any sandbox ([server] host_tools)${fixed}.`];
  }
  return sandbox ? [] : [`Tools run in the sandbox${fixed}.`];
}
