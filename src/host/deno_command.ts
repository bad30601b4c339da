/**
 * Running a program on the real machine, in a process group of its own so that nothing it started is left behind.
 *
 * @module
 */
import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import { readCapped } from "./capped_stream.ts";
import { readEnvironment } from "./deno_environment.ts";
import { endGroup, spawn } from "./deno_process_group.ts";
import type { CommandOutput } from "./inspection.ts";

const MAX_COMMAND_OUTPUT_BYTES = 64 * 1024;

export async function run(argv: readonly string[], signal?: AbortSignal): Promise<CommandOutput> {
  signal?.throwIfAborted();
  const child = spawn(argv, { env: childEnvironment() });
  const finished = Promise.all([
    child.status,
    readCapped(child.stdout, MAX_COMMAND_OUTPUT_BYTES),
    readCapped(child.stderr, MAX_COMMAND_OUTPUT_BYTES),
  ]);
  const aborted = Promise.withResolvers<"aborted">();
  const onAbort = () => aborted.resolve("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const outcome = await Promise.race([finished, aborted.promise]);
    if (outcome !== "aborted") return { code: outcome[0].code, stdout: outcome[1], stderr: outcome[2] };
    await endGroup(child, finished);
    throw signal!.reason;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function childEnvironment(): Record<string, string> {
  const names = ENVIRONMENT_NAMES.filter((entry) => entry.forChildren).map((entry) => entry.name);
  const pairs = names.map((name) => [name, readEnvironment(name)] as const);
  const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  // Messages are matched by their English text.
  return { ...Object.fromEntries(known), LC_ALL: "C" };
}
