import type { SandboxSettings } from "../config/autopilot_schema.ts";
import { shortPath, type StatePaths } from "../config/paths.ts";
import { sandboxImage } from "../config/sandbox_image.ts";
import { usedProfiles } from "../config/used_profiles.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { shownName, shownPath } from "../domain/printable.ts";
import { BOX_LIMITS } from "../sandbox/run_argv.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { boxesOf } from "./sandbox_list.ts";
import { readSandbox } from "./start_boxes.ts";

/** What boxes are like, as configured; nothing is started. */
export async function showSandboxStatus(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
): Promise<number> {
  const status = await statusOf(cli);
  cli.terminal.print(json ? plainJson({ schema: 1, ...status }) : textOf(status));
  return EXIT.ok;
}

async function statusOf(cli: Cli) {
  const { host, paths, profile } = cli;
  const { value } = await readSandbox(cli);
  const { sandbox = {}, server } = value;
  const mode = server?.sandbox_mode ?? "persistent";
  const boxes = await boxesOf(cli).catch((error) => {
    if (!(error instanceof UserError)) throw error;
    cli.terminal.warn(error.message);
    return undefined;
  });
  return {
    mode,
    ...(mode === "persistent" && { profiles: [...usedProfiles(value, profile).keys()].map(shownName) }),
    image: sandboxImage(host, value),
    ...workspaceOf(mode, sandbox, paths),
    warden: sandbox.warden ?? "builtin",
    egress: sandbox.warden === "none" ? [] : sandbox.egress ?? [],
    memory: sandbox.memory ?? BOX_LIMITS.memory,
    cpus: sandbox.cpus ?? BOX_LIMITS.cpus,
    pids: sandbox.pids ?? BOX_LIMITS.pids,
    boxes: boxes?.length ?? null,
  };
}

/** Where sessions work, and whose each of these folders is. */
function workspaceOf(mode: string, { workspace }: SandboxSettings, paths: StatePaths) {
  const folder = workspace ?? (mode === "ephemeral" ? paths.sessions : paths.workspace);
  const sessions = workspace
    ? "all share it"
    : mode === "ephemeral"
    ? "each sees its own"
    : "a folder for each";
  return { workspace: shownPath(shortPath(folder, paths.home)), sessions };
}

function textOf(status: Awaited<ReturnType<typeof statusOf>>): string {
  const { mode, profiles, image, workspace, sessions, egress, memory, cpus, pids, boxes } = status;
  const lines = {
    mode,
    ...(profiles &&
      { "shared by": `${profiles.join(", ")} (one trust domain; ephemeral gives each session its own box)` }),
    image,
    workspace: `${workspace} (sessions: ${sessions})`,
    egress: egress.length === 0 ? "none" : egress.join(", "),
    limits: `${memory} memory, ${cpus} CPUs, ${pids} processes`,
    boxes: boxes === null ? "not known" : String(boxes),
  };
  return Object.entries(lines).map(([name, value]) => `${name}:`.padEnd(11) + value).join("\n");
}
