import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { BoxLauncher } from "../sandbox/box_launcher.ts";
import type { SandboxSource } from "../sandbox/source.ts";
import type { Cli } from "./cli.ts";
import { type BoxOptions, readSandbox, startBoxes } from "./start_boxes.ts";

export interface SandboxOptions extends BoxOptions {
  /** Whatever is configured. */
  readonly ephemeral?: true;
  /** Sessions are kept: one that a later command takes up again finds its folder. */
  readonly sessionsLast?: true;
}

/** Where this command's sessions get their boxes. Rejects with a `UserError` when there is none to be had. */
export async function openSandbox(cli: Cli, options: SandboxOptions): Promise<SandboxSource> {
  const { value } = await readSandbox(cli);
  await using opened = new AsyncDisposableStack();
  const boxes = opened.use(await startBoxes(cli, options));
  const ephemeral = options.ephemeral || value.server?.sandbox_mode === "ephemeral";
  const source = opened.use(await (ephemeral ? ephemeralOf : persistentOf)(cli, boxes, value));
  // A box of one's own is no other command's, even of the same name at the same time.
  const own = ephemeral && !options.sessionsLast ? ` ${crypto.randomUUID().slice(0, 8)}` : "";
  const kept = opened.move();
  return {
    lease: (session, signal) => source.lease(session + own, signal),
    state: () => source.state(),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function ephemeralOf(
  { host, paths, terminal }: Cli,
  { launch }: BoxLauncher,
  { sandbox }: AutopilotFile,
): Promise<SandboxSource> {
  const { ephemeralSource } = await import("../sandbox/ephemeral_source.ts");
  const { tidySessionFolder } = await import("../sandbox/session_folder.ts");
  return ephemeralSource({
    launch,
    now: () => host.now(),
    idleMs: sandbox?.idle_timeout,
    ended: (session) => tidySessionFolder(host, paths, session),
    log: (line) => terminal.note(line),
  });
}

async function persistentOf(
  { host, terminal, signal }: Cli,
  { launch }: BoxLauncher,
): Promise<SandboxSource> {
  const { startPersistent } = await import("../sandbox/persistent_source.ts");
  const { engineAnswers } = await import("../sandbox/engine_answers.ts");
  return await startPersistent({
    launch,
    engineAnswers: (signal) => engineAnswers(host, signal),
    now: () => host.now(),
    onFailure: "degrade",
    log: (line) => terminal.note(line),
  }, signal);
}
