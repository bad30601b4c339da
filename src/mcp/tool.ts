/**
 * What a tool is. Adding one is one file in `tools/` and one line in `registry.ts`:
 *
 * ```ts
 * export const view: Tool = defineTool({ name: "view", …, input: z.strictObject({ path: z.string() }), run });
 * ```
 *
 * A tool that keeps something between calls (background tasks) keeps it in a `WeakMap` by {@linkcode ToolScope},
 * and registers its end there.
 *
 * @module
 */
import * as z from "zod";
import { quotedName } from "../domain/printable.ts";
import type { Host } from "../host/host.ts";

/** Hints of the MCP specification for whoever judges a call; all of them are said. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  /** Whether it may undo what was there. Meaningless where `readOnlyHint`. */
  readonly destructiveHint: boolean;
  /** Whether the same call again changes nothing more. */
  readonly idempotentHint: boolean;
  /** Whether it reaches beyond this machine. */
  readonly openWorldHint: boolean;
}

/** Where the calls of a session run, and those that are nobody's: made once for each. */
export interface ToolScope {
  readonly host: Host;
  /** Absolute, every link resolved: where commands start, and where paths are kept inside. */
  readonly workspace: string;
  /**
   * Has `end` called once when the server stops, or forgets the session. The server waits for it, but no longer than
   * it has itself.
   */
  onStop(end: () => Promise<void>): void;
}

/** One call. */
export interface ToolContext {
  readonly scope: ToolScope;
  /** Aborts when the client cancels the call or has gone, and when the server stops. */
  readonly signal: AbortSignal;
  /** Tells whoever called, if they asked for it. Never waits, never throws. */
  progress(message: string): void;
}

/** `code` makes it a failure: `COMMAND_FAILED`. It is a text block of its own in front of `text`. */
export interface ToolOutput {
  readonly text: string;
  readonly code?: string;
}

export interface Tool {
  /** Without prefix: `run_command`. */
  readonly name: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  /** JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /**
   * Checks `raw` and carries the call out. Wrong arguments are the failure `INVALID_ARGUMENTS`. When
   * cancelled it rejects with the signal's reason, or tells what there was, after everything it started has
   * ended. Otherwise it rejects only for our bugs.
   */
  run(raw: unknown, context: ToolContext): Promise<ToolOutput>;
}

export interface ToolParts<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly description: string;
  readonly annotations: ToolAnnotations;
  /** Strict: unknown fields are refused. */
  readonly input: z.ZodObject<Shape, z.core.$strict>;
  run(input: z.output<z.ZodObject<Shape, z.core.$strict>>, context: ToolContext): Promise<ToolOutput>;
}

export function defineTool<Shape extends z.ZodRawShape>(definition: ToolParts<Shape>): Tool {
  const { name, description, annotations, input } = definition;
  let schema: Tool["inputSchema"] | undefined;
  return {
    name,
    description,
    annotations,
    get inputSchema() {
      return schema ??= z.toJSONSchema(input, { io: "input" });
    },
    run(raw, context) {
      const parsed = input.safeParse(raw ?? {});
      if (parsed.success) return definition.run(parsed.data, context);
      const text = parsed.error.issues.map(describeIssue).join("\n");
      return Promise.resolve({ code: "INVALID_ARGUMENTS", text: `Cannot call ${name}: ${text}` });
    },
  };
}

/** zod's own words name what was expected, never the value that was given. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const at = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  if (issue.code !== "unrecognized_keys") return `${at}${issue.message}`;
  return `${at}unknown field ${issue.keys.map(quotedName).join(", ")}`;
}
