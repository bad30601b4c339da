import type { McpToolbox } from "../mcp/client.ts";
import type { Box, BoxEnd } from "./box.ts";
import type { BoxProcess } from "./box_process.ts";

export interface LiveBoxParts extends Pick<Box, "name" | "tools" | "timings" | "certificatesEnd"> {
  readonly process: BoxProcess;
  readonly toolbox: McpToolbox;
  /** All that it holds. */
  readonly taken: AsyncDisposableStack;
  /** Asks why it ended, by itself, before it is removed. */
  whyEnded(clientCode: number): Promise<BoxEnd>;
  log(line: string): void;
}

/** A box that has come up. Once it ends by itself it gives back what it holds. */
export function liveBox({ process, taken, whyEnded, log, ...box }: LiveBoxParts): Box {
  let stopping: Promise<void> | undefined;
  const stop = () => stopping ??= taken.disposeAsync();
  const ended = process.ended.then((code): BoxEnd | Promise<BoxEnd> =>
    stopping ? { cause: "stopped", message: "The box was stopped" } : whyEnded(code)
  );
  void ended.then(stop).catch((error) => {
    log(`Cannot tidy up after ${box.name}: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    ...box,
    ended,
    lastLines: () => process.log.last(),
    async [Symbol.asyncDispose]() {
      await stop();
      await ended;
    },
  };
}
