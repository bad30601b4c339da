/**
 * Where the tools of sessions are: in a box, on this machine, or nowhere.
 *
 * @module
 */
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import { credentialsOf } from "../config/credentials.ts";
import { checkHostTools } from "../config/host_tools.ts";
import type { Loaded } from "../config/load.ts";
import { expandHome, type StatePaths } from "../config/paths.ts";
import type { ResolvedProfile } from "../config/resolve_profile.ts";
import { readSecret } from "../config/secret_source.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { quotedName, quotedPath } from "../domain/printable.ts";
import { meansServer, PAKS_SERVER } from "../domain/tool_pattern.ts";
import type { Host } from "../host/host.ts";
import type { McpToolbox } from "../mcp/client.ts";
import { runFolder } from "../sandbox/run_folder.ts";
import type { SandboxSource } from "../sandbox/source.ts";
import { startHostProcess } from "./host_process.ts";
import { hostTools } from "./host_tools.ts";
import { noTools } from "./no_tools.ts";
import { paksAddress } from "./paks_address.ts";
import { paksTools } from "./paks_tools.ts";
import { sandboxTools } from "./sandbox_tools.ts";
import type { SessionTools, ToolPlaces } from "./session_tools.ts";
import { withPaks } from "./with_paks.ts";

export interface ToolPlacesParts {
  readonly host: Host;
  readonly paths: StatePaths;
  readonly version: string;
  loadAutopilot(): Promise<Loaded<AutopilotFile>>;
  /** Where boxes come from: asked at the first need, and the same each time. Rejects with a `UserError`. */
  boxes(): Promise<SandboxSource>;
  /** Replaces every secret. */
  redact(text: string): string;
  log(line: string): void;
}

export function toolPlaces(parts: ToolPlacesParts): ToolPlaces {
  return {
    async open(sessionId, place, profile, signal) {
      signal.throwIfAborted();
      if (place === "none") return noTools();
      // No box is started for what nobody may use.
      if (profile.allowedTools?.length === 0) {
        return noTools(`allowed_tools of the profile ${quotedName(profile.name)} is empty`);
      }
      const own = place === "host"
        ? await onHost(parts, sessionId)
        : sandboxTools({ sessionId, source: parts.boxes, log: parts.log });
      return await besidePaks(parts, own, profile);
    },
  };
}

/** As it is configured now: what was allowed when the session began may not be any more. */
async function onHost(parts: ToolPlacesParts, sessionId: string): Promise<SessionTools> {
  const { host, paths } = parts;
  const autopilot = await parts.loadAutopilot();
  const refusal = checkHostTools(autopilot);
  if (refusal) throw refusal;
  const { server, sandbox } = autopilot.value;
  if (server?.host_tools !== true) {
    throw new UserError("Cannot use tools on this machine: host_tools is not true under [server]", {
      hint: "begin a new session: its tools run in the sandbox",
      exitCode: EXIT.usage,
    });
  }
  const start = async (signal: AbortSignal) =>
    await startHostProcess({
      ...parts,
      run: await runFolder(host, paths),
      workspace: await workspaceOf(host, paths, sandbox?.workspace),
      sessionFolders: sandbox?.workspace === undefined,
    }, signal);
  return hostTools({ sessionId, start });
}

async function workspaceOf(host: Host, paths: StatePaths, configured: string | undefined): Promise<string> {
  const folder = expandHome(configured ?? paths.workspace, paths.home);
  if (configured === undefined) await host.makeFolder(folder);
  const found = await host.realPath(folder);
  if (found !== undefined) return found;
  throw new UserError(
    `Cannot use tools on this machine: their workspace ${quotedPath(configured ?? folder)} is not there`,
    {
      hint: "make it, or change workspace under [sandbox] in autopilot.toml",
      exitCode: EXIT.usage,
    },
  );
}

/** Only a profile that names tools of that server has them: nothing is asked of it for others. */
async function besidePaks(
  parts: ToolPlacesParts,
  own: SessionTools,
  profile: ResolvedProfile,
): Promise<SessionTools> {
  if (!profile.allowedTools?.some((pattern) => meansServer(pattern, PAKS_SERVER))) return own;
  const paks = await paksOf(parts, profile).catch((error) =>
    error instanceof Error ? error.message : String(error)
  );
  if (typeof paks !== "string") return withPaks(own, paks);
  const note = `The tools of ${PAKS_SERVER} are left out: ${paks}`;
  return { ...own, notes: () => [...own.notes(), note] };
}

/** Its tools, or why they are not to be had. */
async function paksOf(
  { host, version }: ToolPlacesParts,
  { profile }: ResolvedProfile,
): Promise<McpToolbox | string> {
  const account = credentialsOf(profile, host).find(({ provider }) => provider === "stakpak");
  const key = account?.source && await readSecret(account.source, host);
  if (!key) return "no Stakpak account is configured";
  const address = paksAddress(profile, host);
  return "wrong" in address ? address.wrong : paksTools({ host, url: address.url, key, version });
}
