import { EXIT, UserError } from "../domain/error.ts";
import type { HeldLock, Host } from "../host/host.ts";
import { LockHeld } from "../host/inspection.ts";

/**
 * Makes this process the one that serves from this state folder, as long as it lives. Rejects with a `UserError` that
 * names the other one, with a `PathError` where the file cannot be locked at all.
 */
export async function lockServer(host: Pick<Host, "lock" | "readText">, path: string): Promise<HeldLock> {
  try {
    return await host.lock(path, AbortSignal.abort());
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    const [pid] = (await host.readText(path).catch(() => undefined))?.match(/^\d+/) ?? [];
    // What is in the file counts only since somebody has it locked.
    throw new UserError(
      `Cannot serve: a server of this state folder runs already${pid ? `, as process ${pid}` : ""}`,
      { hint: pid ? `to end it: kill ${pid}` : "see which one: ps aux | grep stakpak", exitCode: EXIT.usage },
    );
  }
}
