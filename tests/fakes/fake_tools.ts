import * as z from "zod";
import { defineTool, type Tool, type ToolAnnotations } from "../../src/mcp/tool.ts";

const LOOKS: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const NOTHING = z.strictObject({});

/** What the tools were asked, and signals from inside them. */
export interface FakeTools {
  readonly tools: readonly Tool[];
  /** Names of the tools that ran, in order. */
  readonly ran: string[];
  /** Settles when `wait` has begun to wait. */
  waiting(): Promise<void>;
  /** Settles with the reason when a waiting `wait` was told to end. */
  ended(): Promise<unknown>;
}

/** Tools that do what a test of the wire needs and nothing to the machine. */
export function fakeTools(): FakeTools {
  const ran: string[] = [];
  let waiting = Promise.withResolvers<void>();
  let ended = Promise.withResolvers<unknown>();
  const parts = { description: "for a test", annotations: LOOKS };
  return {
    ran,
    waiting: () => waiting.promise,
    ended: () => ended.promise,
    tools: [
      defineTool({
        ...parts,
        name: "echo",
        input: z.strictObject({ text: z.string() }),
        run({ text }) {
          ran.push("echo");
          return Promise.resolve({ text });
        },
      }),
      defineTool({
        ...parts,
        name: "fail",
        input: NOTHING,
        run: () => Promise.resolve({ code: "FILE_NOT_FOUND", text: "it is not there" }),
      }),
      defineTool({
        ...parts,
        name: "where",
        input: NOTHING,
        run: (_input, { scope }) => Promise.resolve({ text: scope.workspace }),
      }),
      defineTool({ ...parts, name: "broken", input: NOTHING, run: () => Promise.reject(new Error("a bug")) }),
      defineTool({
        ...parts,
        name: "report",
        input: z.strictObject({ says: z.array(z.string()) }),
        run({ says }, { progress }) {
          for (const text of says) progress(text);
          return Promise.resolve({ text: "reported" });
        },
      }),
      defineTool({
        ...parts,
        name: "many",
        input: z.strictObject({ characters: z.int() }),
        run: ({ characters }) => Promise.resolve({ text: "m".repeat(characters) }),
      }),
      defineTool({
        ...parts,
        name: "wait",
        input: NOTHING,
        async run(_input, { signal, progress }) {
          ran.push("wait");
          progress("waiting");
          waiting.resolve();
          await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          ended.resolve(signal.reason);
          [waiting, ended] = [Promise.withResolvers(), Promise.withResolvers()];
          throw signal.reason;
        },
      }),
    ],
  };
}
