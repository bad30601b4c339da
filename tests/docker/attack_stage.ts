/**
 * A box with a hostile program in it, on a machine that has something to lose: keys planted wherever people keep
 * them, and a real way out.
 *
 * @module
 */
import { equal, match } from "node:assert/strict";
import type { SandboxSettings } from "../../src/config/autopilot_schema.ts";
import { remove } from "../../src/host/deno_remove.ts";
import type { Box } from "../../src/sandbox/box.ts";
import type { EgressDecision } from "../../src/warden/egress.ts";
import { builtinEgress } from "../../src/warden/start_egress.ts";
import { type BoxStage, boxStage, type BoxStageOptions } from "./box_stage.ts";

/** In every planted key, and nowhere else. */
export const CANARY = "canary-7f3a91";

/** Where keys are kept, below the home folder. */
export const PLANTED = [
  ".aws/credentials",
  ".ssh/id_ed25519",
  ".kube/config",
  ".docker/config.json",
  ".stakpak/config.toml",
  ".stakpak/autopilot/token",
  ".stakpak/autopilot/autopilot.db",
] as const;

const PLANTED_ENVIRONMENT = {
  STAKPAK_API_KEY: CANARY,
  ANTHROPIC_API_KEY: CANARY,
  AWS_SECRET_ACCESS_KEY: CANARY,
  SLACK_BOT_TOKEN: CANARY,
};

export interface AttackStage extends AsyncDisposable {
  readonly stage: BoxStage;
  /** Starts a box for a session. */
  box(session?: string): Promise<Box>;
  /** Decisions about the way out that were told so far, as `denied HOST:PORT REASON`; once there are so many. */
  decisions(count: number): Promise<string[]>;
}

export interface AttackOptions extends Pick<BoxStageOptions, "volumes" | "home"> {
  readonly sandbox?: SandboxSettings;
}

const NEVER = new AbortController().signal;

export async function attackStage(options: AttackOptions = {}): Promise<AttackStage> {
  const home = options.home ?? await Deno.makeTempDir({ prefix: "attack-" });
  const boxes: Box[] = [];
  let told = () => {};
  try {
    await plant(home);
    const stage = await boxStage({
      ...options,
      home,
      env: PLANTED_ENVIRONMENT,
      startEgress: (host, log) => {
        const start = builtinEgress({ host, log });
        return (asked) =>
          start({
            ...asked,
            decided(decision) {
              asked.decided(decision);
              told();
            },
          });
      },
    });
    return {
      stage,
      async box(session = "s1") {
        const box = await stage.launcher.launch({ session }, NEVER);
        boxes.push(box);
        return box;
      },
      async decisions(count) {
        while (stage.decisions.length < count) await new Promise<void>((resolve) => told = resolve);
        return stage.decisions.map(text);
      },
      async [Symbol.asyncDispose]() {
        for (const box of boxes) await box[Symbol.asyncDispose]();
        await stage[Symbol.asyncDispose]();
        if (!options.home) await remove(home);
      },
    };
  } catch (error) {
    if (!options.home) await remove(home);
    throw error;
  }
}

async function plant(home: string): Promise<void> {
  for (const path of PLANTED) {
    await Deno.mkdir(`${home}/${path.replace(/\/[^/]*$/, "")}`, { recursive: true });
    // As careless as can be: what keeps a box away must not be the mode.
    await Deno.writeTextFile(`${home}/${path}`, `# ${CANARY}\n`, { mode: 0o644 });
  }
  await Deno.chmod(home, 0o755);
}

function text({ verdict, host, port, reason = "" }: EgressDecision): string {
  return `${verdict} ${host.includes(":") ? `[${host}]` : host}:${port} ${reason}`.trimEnd();
}

/** What a shell command in the box prints, both streams; what it exits with stands behind it. */
export async function sh(box: Pick<Box, "toolbox">, command: string, timeout = 60): Promise<string> {
  const call = { id: "1", name: "stakpak__run_command", input: { command, timeout } };
  return (await box.toolbox.call(call, { signal: NEVER })).text;
}

/** Every one of `attempts` has to fail, and to say what its pattern says. */
export async function refused(
  box: Pick<Box, "toolbox">,
  attempts: readonly (readonly [string, RegExp])[],
): Promise<void> {
  for (const [command, how] of attempts) {
    const said = await sh(box, command);
    match(said, how, `${command}: ${said}`);
    match(said, /^Command exited with code [1-9]\d*$/m, `${command}: ${said}`);
  }
}

/** The box still does what it is asked. */
export async function works(box: Box): Promise<void> {
  equal(await sh(box, "echo fine"), "fine");
}
