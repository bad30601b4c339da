/**
 * Whose call it is, as a client tells the server: in `_meta` of `tools/call`.
 *
 * @module
 */
import * as z from "zod";
import { SESSION_NAME } from "../domain/session_name.ts";

export interface CallSession {
  readonly name: string;
  /** Whether it works in a folder of its own, `<workspace>/<name>`. */
  readonly folder: boolean;
}

const KEY = "stakpak/session";
const SCHEMA = z.strictObject({ name: z.string().regex(SESSION_NAME), folder: z.boolean() });

/** Invalid params. The SDK passes code and message on. */
const NO_SESSION = Object.assign(
  new Error(
    `Cannot call the tool: ${KEY} must be {"name": …, "folder": true or false}, the name 1 to 64 of a-z, 0-9 and -`,
  ),
  { code: -32602 },
);

/** As `_meta` says it. */
export function sessionMeta(session: CallSession): Record<string, unknown> {
  return { [KEY]: session };
}

/** What `_meta` says; `undefined`: nobody's. Throws what the SDK answers with where that is no session. */
export function sessionIn(meta: Readonly<Record<string, unknown>> | undefined): CallSession | undefined {
  const said = meta?.[KEY];
  if (said === undefined) return undefined;
  const parsed = SCHEMA.safeParse(said);
  if (parsed.success) return parsed.data;
  throw NO_SESSION;
}
