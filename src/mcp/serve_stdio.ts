import process from "node:process";
import type { Host } from "../host/host.ts";
import { StdioServerTransport } from "./sdk.ts";
import { createServer } from "./server.ts";
import type { Tool } from "./tool.ts";
import { startToolCalls } from "./tool_calls.ts";

export interface ServeStdioOptions {
  readonly host: Host;
  readonly tools: readonly Tool[];
  /** Absolute, every link resolved. */
  readonly workspace: string;
  readonly version: string;
  /** What leaves a tool passes this: there is nobody else to do it. */
  redact(text: string): string;
  log(line: string): void;
}

/** Serves the tools on stdin and stdout until stdin ends or `signal` aborts; then everything they started ends. */
export async function serveStdio(options: ServeStdioOptions, signal: AbortSignal): Promise<void> {
  const calls = startToolCalls(options);
  const server = createServer({ ...options, calls });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve(), { once: true });
  process.stdin.once("end", resolve).once("close", resolve).once("error", () => resolve());
  // Nobody reads our answers any more.
  process.stdout.once("error", () => resolve());
  try {
    await server.connect(new StdioServerTransport());
    if (signal.aborted) resolve();
    await ended;
  } finally {
    await Promise.all([server.close(), calls.stop()]);
  }
}
