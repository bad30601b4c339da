/**
 * A command whose output is handed on while it runs.
 *
 * @module
 */
import { endGroup, interrupt, spawn } from "./deno_process_group.ts";
import type { StreamEnd, StreamOptions } from "./host.ts";

export async function stream(
  argv: readonly string[],
  { cwd, env, output, errors = output, lingerMs, leadsGroup = false, interruptMs }: StreamOptions,
  signal?: AbortSignal,
): Promise<StreamEnd> {
  signal?.throwIfAborted();
  const child = spawn(argv, { cwd, env, leadsGroup });
  const pumps = [pump(child.stdout, output), pump(child.stderr, errors)];
  const finished = Promise.all([child.status, ...pumps.map(({ done }) => done)]);
  const cut = Promise.withResolvers<"aborted" | "lingered">();
  const onAbort = () => cut.resolve("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  let linger: ReturnType<typeof setTimeout> | undefined;
  let settled = false;
  child.status.then(() => {
    if (!settled) linger = setTimeout(() => cut.resolve("lingered"), lingerMs);
  });
  try {
    const outcome = await Promise.race([finished, cut.promise]);
    if (typeof outcome !== "string") return { code: outcome[0].code, left: false };
    if (outcome === "aborted" && interruptMs !== undefined) await interrupt(child, interruptMs);
    await endGroup(child, finished);
    if (outcome === "aborted") throw signal!.reason;
    return { code: (await child.status).code, left: true };
  } catch (error) {
    // `output` failed: nobody listens any more, so the command has to go.
    if (!signal?.aborted) await endGroup(child, finished);
    throw error;
  } finally {
    settled = true;
    clearTimeout(linger);
    signal?.removeEventListener("abort", onAbort);
    await Promise.allSettled(pumps.map(({ stop }) => stop()));
  }
}

/** Hands on every chunk in turn. After `stop` has resolved, `output` is not called any more. */
function pump(stream: ReadableStream<Uint8Array>, output: StreamOptions["output"]) {
  const reader = stream.getReader();
  const read = async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) await output(chunk.value);
  };
  const done = read();
  const stop = async () => {
    await reader.cancel();
    await done;
  };
  return { done, stop };
}
