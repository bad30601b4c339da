import type { StatePaths } from "../config/paths.ts";
import { sessionName } from "../domain/session_name.ts";
import type { Host } from "../host/host.ts";

/** The workspace of a session that has a box to itself. */
export async function sessionFolder(paths: Pick<StatePaths, "sessions">, session: string): Promise<string> {
  return `${paths.sessions}/${await sessionName(session)}`;
}

/** What a session leaves of its workspace: nothing where nothing is in it. Rejects with `PathError`. */
export async function tidySessionFolder(
  host: Host,
  paths: Pick<StatePaths, "sessions">,
  session: string,
): Promise<void> {
  await host.removeEmpty(await sessionFolder(paths, session));
}
