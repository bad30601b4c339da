/**
 * What starts boxes for a command: as this machine is configured, under the profile meant.
 *
 * @module
 */
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { Loaded } from "../config/load.ts";
import { placeOf } from "../config/problem.ts";
import { resolveProfile } from "../config/resolve_profile.ts";
import { EXIT, UserError } from "../domain/error.ts";
import type { BoxLauncher } from "../sandbox/box_launcher.ts";
import type { EgressDecision, StartEgress } from "../warden/egress.ts";
import type { Cli } from "./cli.ts";
import { readAutopilot } from "./read_autopilot.ts";

export interface BoxOptions {
  readonly image?: string;
  /** Rules on top of `[sandbox] egress`. */
  readonly allow?: readonly string[];
  /** Told what boxes connect to, and what they may not, beside the log. */
  decided?(decision: EgressDecision): void;
}

/** A box ends within that: ten seconds for the engine, and some for the rest. Source: DESIGN §9. */
const ENDING_MS = 12_000;

/** `autopilot.toml`; rejects with a {@linkcode UserError} when what boxes depend on cannot be used. */
export async function readSandbox(cli: Cli): Promise<Loaded<AutopilotFile>> {
  const autopilot = await readAutopilot(cli);
  for (const part of ["sandbox", "server"]) {
    const problem = autopilot.broken.get(part);
    if (!problem) continue;
    throw new UserError(`Cannot start a sandbox: [${part}] (${placeOf(problem)}) ${problem.message}`, {
      hint: problem.hint ?? "stakpak config validate",
      exitCode: EXIT.usage,
    });
  }
  return autopilot;
}

/**
 * Boxes whose way out is logged, and follows `autopilot.toml` while they run. Rejects with a {@linkcode UserError}
 * where boxes cannot run. Dispose when they have ended.
 */
export async function startBoxes(cli: Cli, options: BoxOptions): Promise<BoxLauncher> {
  const { host, paths, version, profile, signal, redact, terminal } = cli;
  const { image, allow = [] } = options;
  cli.mayEndWithin(ENDING_MS);
  const { value: { sandbox } } = await readSandbox(cli);
  if (sandbox?.warden !== "builtin") mayNotAllow(allow, sandbox?.warden);
  const { profile: { warden } } = resolveProfile(await cli.loadConfig(), profile);
  const { boxSettings } = await import("../sandbox/box_settings.ts");
  const { startLauncher } = await import("../sandbox/box_launcher.ts");
  const { runFolder } = await import("../sandbox/run_folder.ts");
  const log = (line: string) => terminal.note(line);
  const run = await runFolder(host, paths);
  await using opened = new AsyncDisposableStack();
  const { start, decided: note } = await wayOut(cli, allow, opened);
  const decided = (decision: EgressDecision) => {
    note(decision);
    options.decided?.(decision);
  };
  const told = new Set<string>();
  const settings = async (session?: string) => {
    const found = await boxSettings(host, {
      paths,
      sandbox,
      session,
      allow,
      profile,
      profileVolumes: warden?.volumes ?? [],
      writable: await writableByBoxes(cli),
      ...(image !== undefined && { image }),
    });
    for (const note of new Set(found.notes).difference(told)) terminal.warn(note);
    for (const note of found.notes) told.add(note);
    return found;
  };
  const parts = { host, run, version, settings, startEgress: start, decided, redact, log };
  const launcher = opened.use(await startLauncher(parts, signal));
  const kept = opened.move();
  return { ...launcher, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Rejects rules that would be without effect, since `warden` is not ours: nothing asked for is ignored. */
export function mayNotAllow(allow: readonly string[], warden: "external" | "none" | undefined): void {
  if (warden === undefined || allow.length === 0) return;
  throw new UserError(`Cannot use --allow: warden is "${warden}" under [sandbox] in autopilot.toml`, {
    hint: 'set warden = "builtin", or leave --allow out',
    exitCode: EXIT.usage,
  });
}

/** Folders, without links, that boxes can write, whichever profile they run under. */
export async function writableByBoxes(cli: Cli): Promise<string[]> {
  const { boxMounts } = await import("../config/box_mounts.ts");
  const [config, autopilot] = await Promise.all([cli.loadConfig(), cli.loadAutopilot()]);
  const mounts = await boxMounts(cli.host, autopilot.value, config.value.profiles ?? {}, cli.paths);
  return mounts.filter(({ access }) => access === "rw").map(({ path }) => path);
}

/** The built-in egress, which `opened` closes. Rejects with a {@linkcode UserError} for what is no rule. */
export async function wayOut(
  { host, paths, redact, terminal }: Cli,
  allow: readonly string[],
  opened: AsyncDisposableStack,
): Promise<{ start: StartEgress; decided: (decision: EgressDecision) => void }> {
  const { egressPolicy } = await import("../warden/egress_policy.ts");
  const { egressLog } = await import("../warden/egress_log.ts");
  const { builtinEgress } = await import("../warden/start_egress.ts");
  const { watchRules } = await import("../warden/watch_rules.ts");
  // Refuses what is no rule, before anything is started.
  egressPolicy(allow);
  const log = (line: string) => terminal.note(line);
  const decisions = opened.use(egressLog({ host, folder: paths.logs, redact, log }));
  const watched = opened.use(
    await watchRules({ host, paths, start: builtinEgress({ host, log }), extra: allow, log }),
  );
  return { start: watched.start, decided: (decision) => decisions.note(decision) };
}
