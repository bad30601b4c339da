import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";

const LOOK_MS = 500;

/**
 * Calls `gone` once when nobody holds the lock on `path` any more: whoever started this process has ended, however it
 * ended. Disposing ends the watch.
 */
export function watchOwner(host: Pick<Host, "lock" | "status">, path: string, gone: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watching = true;
  const look = async () => {
    const isGone = await isFree(host, path);
    if (!watching) return;
    if (isGone) gone();
    else timer = setTimeout(look, LOOK_MS);
  };
  void look();
  return {
    [Symbol.dispose]() {
      watching = false;
      clearTimeout(timer);
    },
  };
}

/** Also when it is not there: its folder is gone with whoever made it. */
async function isFree(host: Pick<Host, "lock" | "status">, path: string): Promise<boolean> {
  try {
    if (!await host.status(path)) return true;
    await (await host.lock(path, AbortSignal.abort()))[Symbol.asyncDispose]();
    return true;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}
