import type { Command } from "@commander-js/extra-typings";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import type { Cli, Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { proxyMcp } from "./mcp_proxy.ts";

interface McpOptions {
  readonly stdio?: true;
  readonly onThisMachine?: true;
}

const PROXY = "stakpak mcp proxy --stdio";
const ON_THIS_MACHINE = "stakpak mcp start --stdio --on-this-machine";

export function mcpCommand(start: Start): Command {
  const command = leaf("start", "serve the tools; what runs inside a box")
    .option("--stdio", "on stdin and stdout, for a client on this machine")
    .option("--on-this-machine", "without a box: every command of the client runs here, as you")
    .addHelpText("after", examples(ON_THIS_MACHINE))
    .addHelpText(
      "after",
      `
Environment:
  STAKPAK_MCP_CLIENT_CA  whose client may call the tools, over mutual TLS; the supervisor sets it
  STAKPAK_MCP_SOCKET     the unix socket to listen on, else
  STAKPAK_MCP_PORT       the port, else a free one
  STAKPAK_MCP_OWNER_LOCK ends when nobody holds the lock on this file any more; set where there is no box`,
    );
  const proxy = leaf("proxy", "serve the tools of a sandbox to a client on this machine")
    .option("--stdio", "on stdin and stdout")
    .option("--ephemeral", "in a box of its own, whatever is configured")
    .option("--image <image>", "the image (default: $STAKPAK_AGENT_IMAGE, [sandbox].image)")
    .addHelpText("after", examples(PROXY));
  return group("mcp", "the tools, as an MCP server")
    .addCommand(start(command, startMcp) as unknown as Command)
    .addCommand(start(proxy, proxyMcp) as unknown as Command) as unknown as Command;
}

async function startMcp(cli: Cli, options: McpOptions): Promise<ExitCode> {
  const clientCa = cli.host.env("STAKPAK_MCP_CLIENT_CA");
  if (options.stdio && options.onThisMachine) return await onThisMachine(cli);
  if (options.stdio || options.onThisMachine) {
    throw new UserError("Cannot start the tools: --stdio and --on-this-machine go together", {
      hint: `to run every command of the client here, as you, without a box: ${ON_THIS_MACHINE}`,
      exitCode: EXIT.usage,
    });
  }
  if (clientCa) return await inBox(cli, clientCa);
  throw new UserError(
    "Cannot start the tools: STAKPAK_MCP_CLIENT_CA is not set, so that a client cannot be told from a stranger",
    {
      hint:
        `the supervisor sets it in a box; to serve a client on this machine without a box: ${ON_THIS_MACHINE}`,
      exitCode: EXIT.usage,
    },
  );
}

async function inBox({ host, terminal, version, signal }: Cli, clientCa: string): Promise<ExitCode> {
  const { readAuthority } = await import("../mcp/identity.ts");
  const { addressText } = await import("../mcp/https_server.ts");
  const { listenAddress } = await import("../mcp/listen_address.ts");
  const { renderServerCa } = await import("../mcp/handshake.ts");
  const { serveHttps } = await import("../mcp/serve_https.ts");
  const { TOOLS } = await import("../mcp/registry.ts");
  const { forwardEgress } = await import("../warden/forward_egress.ts");
  const { inCrowdedBox } = await import("../mcp/crowded_box.ts");
  const { watchOwner } = await import("../mcp/owner_watch.ts");
  await using _wayOut = await forwardEgress(host);
  // A fork bomb ends with its call.
  await using _standing = host.standBy();
  const crowded = new AbortController();
  const orphaned = new AbortController();
  const owner = host.env("STAKPAK_MCP_OWNER_LOCK");
  using _watch = owner ? watchOwner(host, owner, () => orphaned.abort()) : undefined;
  const served = await serveHttps({
    host: { ...host, stream: inCrowdedBox(host.stream, { crowded: () => crowded.abort() }) },
    tools: TOOLS,
    workspace: await workspaceOf({ host }),
    version,
    clientCaPem: authorityIn(clientCa, readAuthority),
    at: await listenAddress(host),
    log: (line) => terminal.note(line),
  });
  // Past the terminal, which redacts: a certificate is public, and has to arrive as it is.
  host.console.out(renderServerCa(served.caPem));
  host.console.out(`MCP server started at https://${addressText(served.at)}/mcp\n`);
  await aborted(AbortSignal.any([signal, crowded.signal, orphaned.signal]));
  if (crowded.signal.aborted) terminal.note("This box ends: its processes leave no room for a command");
  await served.stop();
  return crowded.signal.aborted ? EXIT.failed : EXIT.ok;
}

async function onThisMachine({ host, terminal, version, signal, redact }: Cli): Promise<ExitCode> {
  const { serveStdio } = await import("../mcp/serve_stdio.ts");
  const { TOOLS } = await import("../mcp/registry.ts");
  const workspace = await workspaceOf({ host });
  terminal.note("This is no sandbox: what the client asks for runs on this machine, as you");
  await serveStdio(
    { host, tools: TOOLS, workspace, version, redact, log: (line) => terminal.note(line) },
    signal,
  );
  return EXIT.ok;
}

function authorityIn(pem: string, read: (pem: string) => string): string {
  try {
    return read(pem);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Cannot start the tools: STAKPAK_MCP_CLIENT_CA is wrong: ${reason}`, {
      hint: "it is the text of one certificate in PEM; the supervisor sets it",
      exitCode: EXIT.usage,
      cause,
    });
  }
}

/** The folder we were started in, every link resolved. */
async function workspaceOf({ host }: Pick<Cli, "host">): Promise<string> {
  const folder = await host.realPath(".");
  if (folder !== undefined) return folder;
  throw new UserError("Cannot start the tools: the folder they would work in is gone", {
    hint: "start them in a folder that exists: cd /tmp",
  });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
