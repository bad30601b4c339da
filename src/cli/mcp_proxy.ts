import { EXIT, UserError } from "../domain/error.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import type { SandboxOptions } from "./open_sandbox.ts";

interface ProxyOptions extends GlobalOptions, SandboxOptions {
  readonly stdio?: true;
}

/**
 * Serves the sandbox's tools to one client on stdin and stdout, secrets redacted: those of the configuration and
 * those that rules find. Placeholders are not filled in on the way back: nobody approves these calls.
 */
export async function proxyMcp(cli: Cli, options: ProxyOptions): Promise<number> {
  if (!options.stdio) {
    throw new UserError(
      "Cannot serve the tools: --stdio is not given, and there is no other way to serve them",
      {
        hint: "stakpak mcp proxy --stdio",
        exitCode: EXIT.usage,
      },
    );
  }
  const { host, terminal, version, signal, redact } = cli;
  const { openSandbox } = await import("./open_sandbox.ts");
  const { serveStdio } = await import("../mcp/serve_stdio.ts");
  const { proxiedTools } = await import("../mcp/proxied_tools.ts");
  const { redactDeep } = await import("../secrets/redact_deep.ts");
  await using source = await openSandbox(cli, options);
  await using lease = await source.lease("proxy", signal);
  const tools = proxiedTools(lease, redactDeep(await lease.list(signal), redact));
  const log = (line: string) => terminal.note(line);
  await serveStdio({ host, tools, workspace: "/", version, redact, log }, signal);
  return EXIT.ok;
}
