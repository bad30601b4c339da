/**
 * `doctor` and `preflight`: choose the probes, ask them, show the report.
 *
 * Output files are opened first; then write permission goes, before anything is asked or read; not under `--live`,
 * which starts a sandbox.
 *
 * @module
 */
import { type BoxMount, boxMounts } from "../config/box_mounts.ts";
import type { ConfigFile } from "../config/config_schema.ts";
import { DEFAULT_LISTEN, parseListen } from "../config/listen.ts";
import type { Loaded } from "../config/load.ts";
import { profileNames, resolveProfile } from "../config/resolve_profile.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import type { Inspection } from "../host/inspection.ts";
import { buildReport } from "../probes/build_report.ts";
import type { Occasion } from "../probes/probe.ts";
import { PROBES } from "../probes/registry.ts";
import type { Report } from "../probes/report.ts";
import { type ProbeAnswer, runProbes } from "../probes/run.ts";
import { chooseProbes } from "../probes/choose.ts";
import { untilSettled } from "../probes/until_settled.ts";
import { exposedPrograms } from "../sandbox/own_programs.ts";
import { redactDeep } from "../secrets/redact_deep.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { listProbes } from "./doctor_list.ts";
import { openReportOutputs } from "./report_outputs.ts";
import { pasteable } from "./pasteable.ts";

export interface DoctorOptions extends GlobalOptions {
  readonly format: string;
  readonly output?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly strict?: true;
  /** Milliseconds. */
  readonly wait?: number;
  readonly list?: true;
  readonly live?: true;
  readonly verbose?: true;
}

/** Exits 0 when nothing blocks, otherwise 1. Rejects with {@linkcode UserError} (exit 2) for a `--profile` that is not there. */
export async function runDoctor(cli: Cli, mode: Occasion, options: DoctorOptions): Promise<ExitCode> {
  const probes = chooseProbes(PROBES, mode, options);
  if (options.list) return listProbes(cli, probes, options.format);
  await using outputs = await openReportOutputs(cli, options);
  if (!options.live) await cli.drop({ name: "write" });
  if (options.verbose) cli.terminal.note(`gave up: ${cli.dropped.join(", ")}`);
  await using live = options.live && (await import("./live_launch.ts")).liveLaunch(cli);
  const context = { ...await contextOf(cli, mode), ...(live && { tryLaunch: live.tryLaunch }) };
  if (options.profile !== undefined) refuseUnknown(context.config, options.profile);
  const start = performance.now();
  const ask = () => runProbes(probes, context, cli.signal);
  const waiting = {
    waitMs: options.wait ?? 0,
    signal: cli.signal,
    say: (line: string) => cli.terminal.note(line),
  };
  const answers = options.wait ? await untilSettled(ask, waiting) : await ask();
  const durationMs = Math.round(performance.now() - start);
  const found = reportOf(cli, answers, mode, options, context, durationMs);
  const report = redactDeep(pasteable(found, cli.host.program), cli.redact);
  await outputs.write(report);
  return report.ok ? EXIT.ok : EXIT.failed;
}

/** A profile of that name that is wrong is for the report; one that does not exist is a wrong command line. */
function refuseUnknown(config: Loaded<ConfigFile>, name: string): void {
  if (!config.broken.has("") && !profileNames(config).includes(name)) resolveProfile(config, name);
}

async function contextOf(cli: Cli, occasion: Occasion) {
  const { paths, profile } = cli;
  const [config, autopilot] = await Promise.all([cli.loadConfig(), cli.loadAutopilot()]);
  const mounts = await boxMounts(cli.host, autopilot.value, config.value.profiles ?? {}, paths);
  const host = await safeHost(cli.host, mounts);
  const listen = parseListen(autopilot.value.server?.listen ?? DEFAULT_LISTEN)!;
  return { host, paths, profile, config, autopilot, listen, occasion };
}

/** Runs no program where a box could have put it there: whoever asks for one is told so. */
async function safeHost(host: Inspection, mounts: readonly BoxMount[]): Promise<Inspection> {
  const writable = mounts.filter(({ access }) => access === "rw").map(({ path }) => path);
  const found = await exposedPrograms(host, writable);
  return found
    ? { ...host, run: () => Promise.reject(new UserError(found.why, { hint: found.hint })) }
    : host;
}

function reportOf(
  cli: Cli,
  answers: readonly ProbeAnswer[],
  mode: Occasion,
  options: DoctorOptions,
  context: Awaited<ReturnType<typeof contextOf>>,
  durationMs: number,
): Report {
  return buildReport(answers, {
    version: cli.version,
    mode,
    strict: options.strict ?? false,
    acknowledgements: context.autopilot.value.doctor?.acknowledge ?? [],
    now: cli.host.now(),
    durationMs,
  });
}
