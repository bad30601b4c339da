/**
 * Gives seen secrets back to our own tools, and to nobody else.
 *
 * Ring 0 calls this after the approval: the hash of a call covers its arguments before, with the placeholders in
 * them. A preview shows `fills` and `kept` of the same function, never its `arguments`.
 *
 * @module
 */
import { shownTool } from "../domain/tool_pattern.ts";
import type { Held } from "./held_secrets.ts";
import { isPlaceholder, replacePlaceholders } from "./placeholder.ts";

/** What a session holds; a `Redactor` is one. */
export interface HeldByPlaceholder {
  held(placeholder: string): Held | undefined;
}

/** A placeholder, and the argument it stands in: `command`, `file_text`, `task_ids[0]`. */
export interface PlaceholderUse {
  readonly placeholder: string;
  readonly argument: string;
}

export interface RestoredCall {
  readonly refused?: never;
  /** What the tool gets. Holds secrets: to be sent, never to be stored or shown. */
  readonly arguments: unknown;
  /** The placeholders that were filled. */
  readonly fills: readonly PlaceholderUse[];
  /** Those that the tool gets literally: in longer texts, and where nothing is filled. The call is marked. */
  readonly kept: readonly PlaceholderUse[];
}

/** The call must not be made; the reason is a sentence for the model. */
export interface RefusedCall {
  readonly refused: string;
}

const NO_LONGER_HELD = "this value is no longer held; read it again";
const SEALED = "this secret is sealed: no tool is ever given it";
const NOT_IN_A_COMMAND = "this secret cannot be used in a command line; read it from its file";
/** No character that a shell gives a meaning to. */
const SAFE_IN_A_COMMAND = /^[A-Za-z0-9_./+=:@-]{8,}$/;

/** Which of our tools take secrets: in `command`, or where a placeholder is all of a value. */
const COMMAND_TOOLS: ReadonlySet<string> = new Set(["run_command", "run_command_task"]);
const FILE_TOOLS: ReadonlySet<string> = new Set(["create", "str_replace"]);

/**
 * The arguments of a call of `tool` (`stakpak__create` or `create`) with what is filled. Each placeholder is looked up
 * once: a value that holds one is not looked at again. `ours` says that the tool is our own, in our sandbox.
 */
export function restoreArguments(
  { tool, ours, input }: { readonly tool: string; readonly ours: boolean; readonly input: unknown },
  session: HeldByPlaceholder,
): RestoredCall | RefusedCall {
  const fills: PlaceholderUse[] = [];
  const kept: PlaceholderUse[] = [];
  const inCommands = ours && COMMAND_TOOLS.has(shownTool(tool));
  const asValues = ours && FILE_TOOLS.has(shownTool(tool));
  let refused: string | undefined;

  const filled = (text: string, argument: string): string => {
    const inCommand = inCommands && argument === "command";
    const whole = asValues && isPlaceholder(text);
    return replacePlaceholders(text, (placeholder) => {
      const held = session.held(placeholder);
      if (!held) {
        refused ??= NO_LONGER_HELD;
        return placeholder;
      }
      if (held.sealed && (inCommand || whole)) refused ??= SEALED;
      if (held.sealed || !inCommand && !whole) {
        kept.push({ placeholder, argument });
        return placeholder;
      }
      if (inCommand && !SAFE_IN_A_COMMAND.test(held.value)) refused ??= NOT_IN_A_COMMAND;
      fills.push({ placeholder, argument });
      return held.value;
    });
  };

  const restored = everyText(input, "", filled);
  return refused === undefined ? { arguments: restored, fills, kept } : { refused };
}

function everyText(value: unknown, at: string, change: (text: string, at: string) => string): unknown {
  if (typeof value === "string") return change(value, at);
  if (Array.isArray(value)) {
    return value.map((element, index) => everyText(element, `${at}[${index}]`, change));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, everyText(inner, at ? `${at}.${key}` : key, change)]),
  );
}
