/**
 * `stakpak serve`: starts in order, ends in reverse. Runs end before those who follow them are let go, so that each is
 * told how its run has ended.
 *
 * @module
 */
import { isLoopback, type ListenAddress, listenText, loopbackUrl } from "../config/listen.ts";
import { placeOf } from "../config/problem.ts";
import type { Server } from "../config/autopilot_schema.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import type { CatalogueModel } from "../server/api_schemas_meta.ts";
import { httpApp } from "../server/http_app.ts";
import type { ServerSettings } from "../server/http_parts.ts";
import { listen } from "../server/listener.ts";
import { apiToken, ensureApiToken, isSameToken } from "../server/token.ts";
import { listModels } from "../models/list_models.ts";
import type { Cli } from "./cli.ts";
import { profileModel } from "./profile_model.ts";
import { readAutopilot } from "./read_autopilot.ts";
import { lockServer } from "./server_lock.ts";
import { type ServeOptions, serveSettings } from "./serve_settings.ts";
import { startingUp } from "./starting_up.ts";
import { startRuns } from "./start_runs.ts";

/** Runs end within 6 s, requests and streams within 5; boxes say themselves how long theirs take. */
const ENDING_MS = 12_000;

/** Resolves when it was interrupted and all has ended. Rejects with a `UserError` (exit 2) where it cannot serve. */
export async function serveApi(cli: Cli, options: ServeOptions): Promise<ExitCode> {
  const { host, paths, terminal, version, signal, redact } = cli;
  const { at, withoutToken, showToken } = serveSettings(options, await serverOf(cli));
  cli.mayEndWithin(ENDING_MS);
  await using lock = await startingUp(() => lockServer(host, paths.lock));
  await refuseTakenPort(cli, at);
  const keys = await serverOf(cli);
  const token = withoutToken ? undefined : await startingUp(() => ensureApiToken(host, paths.token, keys));
  await using started = await startingUp(() => startRuns(cli, { serves: true }));
  const { store, runs, instance } = started;
  await lock.sign(instance);
  const log = (line: string) => terminal.note(line);
  const app = httpApp({
    store,
    runs,
    version,
    instance,
    isToken: token && ((given) => isToken(cli, given)),
    hosts: () => namesOf(cli, at),
    models: () => modelsOf(cli),
    settings: () => settingsOf(cli),
    now: host.now,
    residentBytes: host.residentBytes,
    redact,
    log,
  });
  const listener = await listen({ at, app, log });
  try {
    if (!isLoopback(at)) {
      terminal.warn(
        "The token and all that is said cross the network in the clear: put a TLS proxy in front",
      );
    }
    terminal.print(`Serving on ${loopbackUrl(listener.at)}`);
    if (token && showToken) terminal.reveal(`Token: ${token.reveal()}`);
    await aborted(signal);
    log("Ending: no new run is taken, and those under way are ended");
    app.drain();
    await runs[Symbol.asyncDispose]();
  } finally {
    await listener.close();
  }
  return EXIT.ok;
}

async function serverOf(cli: Cli): Promise<Server> {
  const { broken, value } = await readAutopilot(cli);
  const problem = broken.get("server");
  if (!problem) return value.server ?? {};
  throw new UserError(`Cannot serve: [server] (${placeOf(problem)}) ${problem.message}`, {
    hint: problem.hint ?? "stakpak config validate",
    exitCode: EXIT.usage,
  });
}

/** Before anything is started: a sandbox takes its time. */
async function refuseTakenPort({ host }: Cli, at: ListenAddress): Promise<void> {
  const answer = await host.canListen(at.hostname, at.port);
  if (answer.free || answer.reason !== "in_use") return;
  throw new UserError(`Cannot listen on ${listenText(at)}: another program does`, {
    hint: `choose another address: stakpak serve --listen ${listenText({ ...at, port: at.port + 1 })}`,
    exitCode: EXIT.usage,
  });
}

/** As it is now: a token that was rotated away is worth nothing at once, also where the new one cannot be read. */
async function isToken(cli: Cli, given: string): Promise<boolean> {
  try {
    const wanted = await apiToken(cli.host, cli.paths.token, await serverOf(cli));
    return wanted !== undefined && await isSameToken(given, wanted);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    cli.terminal.warn(error.message);
    return false;
  }
}

const UNSPECIFIED = new Set(["0.0.0.0", "::"]);

function namesOf({ host }: Cli, { hostname }: ListenAddress): readonly string[] {
  return UNSPECIFIED.has(hostname) ? host.ownAddresses() : [hostname];
}

async function modelsOf(cli: Cli): Promise<CatalogueModel[]> {
  const { profile } = await profileModel(cli);
  return listModels(profile, cli.host).map(({ model, name, provider, reasoning, price, limits }) => ({
    id: model,
    name,
    provider,
    reasoning,
    cost: price,
    limit: { context: limits.contextTokens, output: limits.outputTokens },
  }));
}

async function settingsOf(cli: Cli): Promise<ServerSettings> {
  const { profile, model } = await profileModel(cli);
  const { auto_approve_all: approveAll } = await serverOf(cli);
  return { defaultModel: model, autoApprove: approvalOf(profile.overrides.autoApprove, approveAll === true) };
}

function approvalOf(
  given: "all" | "none" | readonly string[] | undefined,
  approveAll: boolean,
): ServerSettings["autoApprove"] {
  if (given === undefined) return approveAll ? "all" : "custom";
  if (typeof given === "string") return given;
  return given.length === 0 ? "none" : "custom";
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
