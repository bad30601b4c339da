/**
 * A box's plan, from what is configured and what was made for it.
 *
 * @module
 */
import { EGRESS_PROXY } from "../warden/forward_egress.ts";
import { BOX_IN, BOX_OUT, type BoxFolders, MCP_SOCKET } from "./box_folders.ts";
import type { BoxProgram } from "./box_program.ts";
import type { BoxSettings } from "./box_settings.ts";
import type { Engine } from "./engine.ts";
import { type Instance, labelsOf } from "./instance.ts";
import type { BoxPlan, PlannedMount } from "./run_argv.ts";

export interface PlanParts {
  readonly name: string;
  readonly session: string;
  readonly instance: Pick<Instance, "id" | "home">;
  readonly engine: Engine;
  readonly program: BoxProgram;
  readonly settings: BoxSettings;
  readonly folders: Pick<BoxFolders, "in" | "out">;
  /** Whose client may call the tools; PEM. */
  readonly clientCaPem: string;
  /** Further labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Where the tools work. */
export const BOX_WORKSPACE = "/workspace";

export function boxPlan(parts: PlanParts): BoxPlan {
  const { name, session, instance, engine, program, settings, folders } = parts;
  return {
    name,
    labels: { ...parts.labels, ...labelsOf(instance, session) },
    image: settings.image,
    account: settings.account,
    limits: settings.limits,
    mounts: [
      ...program.mounts,
      ...settings.mounts,
      { source: folders.in, target: BOX_IN, access: "rw", label: "private" },
      ...settings.warden === "none" ? [] : [outMount(folders.out)],
    ],
    env: { ...program.env, ...boxEnvironment(settings, parts.clientCaPem) },
    workdir: BOX_WORKSPACE,
    command: [...program.command, ...toolServer(settings)] as [string, ...string[]],
    selinux: engine.selinux,
  };
}

/** Ours to write and the box's to connect to. */
export function outMount(out: string): PlannedMount {
  return { source: out, target: BOX_OUT, access: "ro", label: "private" };
}

/** All that crosses into a box; no key is among it. Source: DESIGN §7. */
function boxEnvironment(
  { warden, binary, handedOn }: BoxSettings,
  clientCaPem: string,
): Record<string, string> {
  return {
    STAKPAK_MCP_CLIENT_CA: clientCaPem,
    ...binary === "image" ? { STAKPAK_MCP_PORT: String(IMAGE_PORT) } : { STAKPAK_MCP_SOCKET: SOCKET },
    STAKPAK_SKIP_WARDEN: "1",
    ...warden === "none"
      ? {}
      : { HTTP_PROXY: EGRESS_PROXY, HTTPS_PROXY: EGRESS_PROXY, NO_PROXY: "localhost,127.0.0.1,::1" },
    ...handedOn,
  };
}

const SOCKET = `${BOX_IN}/${MCP_SOCKET}`;
/** Where the image's own tools listen, as under the Rust implementation. */
const IMAGE_PORT = 8080;

function toolServer({ binary }: BoxSettings): string[] {
  if (binary === "self") return ["mcp", "start"];
  const relay = ["warden", "init", "--relay", `${SOCKET}=${IMAGE_PORT}`];
  return [...relay, "--", "stakpak", "mcp", "start"];
}
