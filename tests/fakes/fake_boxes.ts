import type { Box, BoxEnd, LaunchBox, LaunchRequest } from "../../src/sandbox/box.ts";
import type { Tool } from "../../src/mcp/tool.ts";
import { type FakeTools, fakeTools } from "./fake_tools.ts";
import { fakeToolbox } from "./fake_toolbox.ts";

export interface FakeBox extends Box {
  readonly request: LaunchRequest;
  readonly fakes: FakeTools;
  /** The container ends, and its connections with it. */
  end(end: BoxEnd): Promise<void>;
  /** The connections break, the container stays. */
  cut(): Promise<void>;
  /** From now on the tools that it lists; `"hang"` never answers. */
  lists(tools: readonly Tool[] | "hang"): void;
  readonly disposed: boolean;
}

/** Boxes without containers, and what was done with them. */
export interface FakeBoxes {
  readonly launch: LaunchBox;
  /** Every box that came up, in order. */
  readonly boxes: FakeBox[];
  /** Launches begun. */
  readonly begun: number;
  /** Boxes that are up or coming up, and the most that there were at a time. */
  readonly now: number;
  readonly most: number;
  /** From now on launches reject with it; `undefined`: they work again. */
  fails(error: Error | undefined): void;
  /** From now on launches wait until `release`. */
  hold(): void;
  release(): void;
}

export const KILLED: BoxEnd = { cause: "killed", message: "The box was killed (signal 9)", exitCode: 137 };

/** `certificatesEnd`: of the boxes that come up from then on. */
export function fakeBoxes(certificatesEnd: () => Date = () => new Date("2099-01-01")): FakeBoxes {
  const boxes: FakeBox[] = [];
  let begun = 0;
  let now = 0;
  let most = 0;
  let failure: Error | undefined;
  let held: PromiseWithResolvers<void> | undefined;
  return {
    boxes,
    get begun() {
      return begun;
    },
    get now() {
      return now;
    },
    get most() {
      return most;
    },
    fails: (error) => void (failure = error),
    hold: () => void (held = Promise.withResolvers()),
    release: () => held?.resolve(),
    async launch(request, signal) {
      begun++;
      now++;
      most = Math.max(most, now);
      try {
        await Promise.race([held?.promise, aborted(signal)]);
        signal.throwIfAborted();
        if (failure) throw failure;
      } catch (error) {
        now--;
        throw error;
      }
      const box = fakeBox(request, boxes.length, certificatesEnd(), () => now--);
      boxes.push(box);
      return box;
    },
  };
}

function fakeBox(request: LaunchRequest, index: number, certificatesEnd: Date, gone: () => void): FakeBox {
  const fakes = fakeTools();
  const inside = fakeToolbox(fakes.tools);
  const ended = Promise.withResolvers<BoxEnd>();
  let listed: readonly Tool[] | "hang" = fakes.tools;
  let disposed = false;
  const described = ({ name, description, inputSchema }: Tool) => ({
    name: `stakpak__${name}`,
    description,
    inputSchema,
  });
  return {
    request,
    fakes,
    name: `stakpak-fake-0000000${index}`,
    toolbox: {
      call: inside.call,
      async list(signal) {
        if (listed === "hang") await aborted(signal);
        await inside.list(signal);
        return (listed as readonly Tool[]).map(described);
      },
    },
    tools: fakes.tools.map(described),
    timings: [],
    certificatesEnd,
    ended: ended.promise,
    lastLines: () => [`line of box ${index}`],
    lists: (tools) => void (listed = tools),
    cut: () => inside.kill(),
    async end(end) {
      ended.resolve(end);
      await inside.kill();
    },
    get disposed() {
      return disposed;
    },
    async [Symbol.asyncDispose]() {
      if (disposed) return;
      disposed = true;
      await inside.kill();
      gone();
      ended.resolve({ cause: "stopped", message: "The box was stopped" });
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  );
}
