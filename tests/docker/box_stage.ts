/**
 * Real boxes for a test: a machine whose home and run folder are the test's own.
 *
 * @module
 */
import { statePaths } from "../../src/config/paths.ts";
import type { SandboxSettings } from "../../src/config/autopilot_schema.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { type BoxLauncher, startLauncher } from "../../src/sandbox/box_launcher.ts";
import { boxSettings } from "../../src/sandbox/box_settings.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import type { Egress, EgressDecision, EgressOptions, StartEgress } from "../../src/warden/egress.ts";
import { bundledProgram } from "./bundled_program.ts";
import { docker, LABEL } from "./docker.ts";
import { baseImage } from "./images.ts";

export interface BoxStage extends AsyncDisposable {
  readonly host: Host;
  readonly launcher: BoxLauncher;
  readonly home: string;
  readonly run: string;
  readonly workspace: string;
  /** Where sessions with a box each have their workspaces. */
  readonly sessions: string;
  readonly lines: string[];
  readonly egress: { opened: EgressOptions[]; closed: number };
  /** What became of what was asked of the way out. */
  readonly decisions: EgressDecision[];
  /** Names of containers of this stage, in whatever state. */
  containers(): Promise<string[]>;
  /** Paths in the run folder, but for the register's lock. */
  left(): Promise<string[]>;
}

export interface BoxStageOptions {
  readonly sandbox?: SandboxSettings;
  readonly image?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly program?: readonly string[];
  /** A home folder of the caller's, which stays. */
  readonly home?: string;
  readonly volumes?: readonly string[];
  readonly onSettings?: () => void;
  /** In place of a way out that leads nowhere. */
  readonly startEgress?: (host: Host, log: (line: string) => void) => StartEgress;
}

const NEVER = new AbortController().signal;
export async function boxStage(options: BoxStageOptions = {}): Promise<BoxStage> {
  const home = options.home ?? await Deno.makeTempDir({ prefix: "box-" });
  const run = `${home}/r`;
  const env: Record<string, string> = { HOME: home, STAKPAK_RUN_DIR: run, ...options.env };
  const real = denoHost(options.program ?? await bundledProgram());
  const host: Host = {
    ...real,
    env: (name) => name === "PATH" ? real.env(name) : env[name],
    // It has the environment of this process, which belongs to other tests as well.
    run: (argv, signal) => real.run([...atEngine(env), ...argv], signal),
  };
  const paths = statePaths(host);
  const lines: string[] = [];
  const egress = { opened: [] as EgressOptions[], closed: 0 };
  const decisions: EgressDecision[] = [];
  const log = (line: string) => void lines.push(line);
  const fake: StartEgress = (asked) => Promise.resolve(fakeEgress(asked, egress));
  const image = options.image ?? await baseImage();
  const sandbox = options.sandbox;
  const launcher = await startLauncher({
    host,
    run,
    version: "0.0.0-test",
    settings: (session) => {
      options.onSettings?.();
      return boxSettings(host, { paths, sandbox, image, session, profileVolumes: options.volumes ?? [] });
    },
    startEgress: options.startEgress?.(host, log) ?? fake,
    decided: (decision) => void decisions.push(decision),
    redact: (text) => text.replaceAll("s3cret", "[REDACTED]"),
    log,
    labels: { [LABEL]: "box" },
  }, NEVER);
  const label = `label=${LABELS.home}=${await homeOf(host, run)}`;
  return {
    host,
    launcher,
    home,
    run,
    workspace: paths.workspace,
    sessions: paths.sessions,
    lines,
    egress,
    decisions,
    containers: async () =>
      (await docker("ps", "-a", "--filter", label, "--format", "{{.Names}}")).split("\n").filter(Boolean),
    left: async () =>
      (await Array.fromAsync(Deno.readDir(run))).map(({ name }) => name).filter((name) => name !== "lock"),
    async [Symbol.asyncDispose]() {
      await launcher[Symbol.asyncDispose]();
      if (!options.home) await Deno.remove(home, { recursive: true });
    },
  };
}

function atEngine({ DOCKER_HOST }: Readonly<Record<string, string>>): string[] {
  return DOCKER_HOST ? ["env", `DOCKER_HOST=${DOCKER_HOST}`] : [];
}

function fakeEgress(asked: EgressOptions, seen: BoxStage["egress"]): Egress {
  seen.opened.push(asked);
  return {
    update: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(void seen.closed++),
  };
}
