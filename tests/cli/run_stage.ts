/**
 * `stakpak` as a process, whose models are at a provider of the test's own.
 *
 * @module
 */
import { type Provider, startProvider } from "../runs_world/provider.ts";
import { assertLines } from "./transcript.ts";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunningProgram {
  interrupt(): void;
  readonly ended: Promise<Ended>;
}

export interface RunStage extends AsyncDisposable {
  readonly home: string;
  readonly provider: Provider;
  /** Starts the program with these words. */
  start(args: readonly string[], stdin?: string): RunningProgram;
  /** The same, to its end. */
  stakpak(...args: string[]): Promise<Ended>;
}

export interface RunStageOptions {
  /** How to start the program. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of the profile `default`, beside its model. */
  readonly profile?: string;
  readonly autopilot?: string;
}

export const PROVIDER_KEY = "sk-ant-api03-Zq8rT2vWx5yB7cD9eF1gH3jK4mN6pQ8s";

export async function runStage(options: RunStageOptions): Promise<RunStage> {
  const { command: [program, ...flags], env = {}, profile = "", autopilot } = options;
  await using opened = new AsyncDisposableStack();
  const home = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  opened.defer(() => Deno.remove(home, { recursive: true }));
  const provider = opened.use(await startProvider());
  await Deno.mkdir(`${home}/.stakpak`, { mode: 0o700 });
  await Deno.writeTextFile(`${home}/.stakpak/config.toml`, configOf(provider.url, profile), { mode: 0o600 });
  if (autopilot !== undefined) {
    await Deno.writeTextFile(`${home}/.stakpak/autopilot.toml`, autopilot, { mode: 0o600 });
  }
  const start = (args: readonly string[], stdin?: string): RunningProgram => {
    const child = new Deno.Command(program!, {
      args: [...flags, ...args],
      clearEnv: true,
      cwd: home,
      env: {
        HOME: home,
        USER: "ada",
        PATH: Deno.env.get("PATH") ?? "",
        DENO_NO_UPDATE_CHECK: "1",
        ...env,
      },
      stdin: stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const ended = async () => {
      if (stdin !== undefined) await new Blob([stdin]).stream().pipeTo(child.stdin);
      const { code, stdout, stderr } = await child.output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replaceAll(home, "HOME");
      return { code, out: text(stdout), err: text(stderr) };
    };
    return { interrupt: () => child.kill("SIGINT"), ended: ended() };
  };
  const kept = opened.move();
  return {
    home,
    provider,
    start,
    stakpak: (...args) => start(args).ended,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function configOf(url: string, profile: string): string {
  return `[profiles.default]
model = "anthropic/claude-test"
${profile}
[profiles.default.providers.anthropic]
type = "anthropic"
api_key = "${PROVIDER_KEY}"
api_endpoint = "${url}"
`;
}

/** Compares how a command ended; lines as in a transcript. */
export function assertEnded(ended: Ended, wanted: { code: number; out?: string[]; err?: string[] }): void {
  const seen = `--- stdout\n${ended.out}--- stderr\n${ended.err}--- exit ${ended.code}`;
  assertLines(`${ended.code}\n`, [String(wanted.code)], seen);
  assertLines(ended.out, wanted.out ?? [], seen);
  assertLines(ended.err, wanted.err ?? [], seen);
}
