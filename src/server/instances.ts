/**
 * The processes that have runs. Each holds an OS lock on a file for life, which the system releases when the process
 * ends, however it ends: so a run whose owner has no lock is nobody's.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";

/** Disposing it is the process's end, as far as others can tell. */
export interface RunOwner extends AsyncDisposable {
  /** 16 hex digits. */
  readonly id: string;
}

const ID = /^[0-9a-f]{16}$/;
const ID_BYTES = 8;
const FILES_MAX = 10_000;

/**
 * Makes this process one that may have runs; `folder` is `StatePaths.instances`. What processes that are gone left
 * there is removed. Rejects with a `PathError`; `signal` ends the wait for another process.
 */
export async function holdInstance(
  host: Pick<Host, "lock" | "entries" | "status" | "remove">,
  folder: string,
  signal: AbortSignal,
): Promise<RunOwner> {
  const id = crypto.getRandomValues(new Uint8Array(ID_BYTES)).toHex();
  // Held by whoever takes or removes a file: between the file and its lock nobody is to take it for left.
  await using _alone = await host.lock(`${folder}/lock`, signal);
  for (const { name } of await host.entries(folder, FILES_MAX)) {
    if (ID.test(name) && !await lives(host, folder, name)) await host.remove(`${folder}/${name}`);
  }
  const path = `${folder}/${id}`;
  const lock = await host.lock(path, signal);
  return {
    id,
    async [Symbol.asyncDispose]() {
      try {
        await host.remove(path);
      } finally {
        await lock[Symbol.asyncDispose]();
      }
    },
  };
}

/** Whether the process of that id has not ended. One that cannot be asked about counts as living. */
export async function lives(
  host: Pick<Host, "lock" | "status">,
  folder: string,
  id: string,
): Promise<boolean> {
  if (!ID.test(id)) return false;
  try {
    if (!await host.status(`${folder}/${id}`)) return false;
    await (await host.lock(`${folder}/${id}`, AbortSignal.abort()))[Symbol.asyncDispose]();
    return false;
  } catch (error) {
    if (error instanceof PathError) return true;
    throw error;
  }
}
