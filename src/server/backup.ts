import { UserError } from "../domain/error.ts";
import type { Host } from "../host/host.ts";
import { openDatabase } from "./database.ts";
import { versionOf } from "./migrations.ts";
import { fullCheck } from "./store_check.ts";
import { DamagedStore } from "./store_error.ts";

/**
 * Copies the store at `path` into a new file, mode 0600, while others go on writing, and checks the copy in full.
 * Rejects with a `UserError` where there is no store, where `target` is there already, and where the store is damaged;
 * no file is left then.
 */
export async function backUpStore(
  host: Pick<Host, "status" | "createFile" | "give" | "remove">,
  path: string,
  target: string,
): Promise<{ readonly bytes: number }> {
  if (!(await host.status(path))?.size) {
    throw new UserError(`Cannot back up the store ${path}: there is none yet`, {
      hint: "it is made at the first run: stakpak run",
      exitCode: 2,
    });
  }
  if (!await host.createFile(target, "")) {
    throw new UserError(
      `Cannot back up into ${target}: it is there already, must be a new file`,
      {
        hint: "name another one, or none: stakpak state backup",
        exitCode: 2,
      },
    );
  }
  try {
    await host.give(target, 0o600);
    using store = openDatabase(path, { readOnly: true });
    versionOf(store, path);
    await store.copyTo(target);
    using copy = openDatabase(target, { readOnly: true });
    const [problem] = fullCheck(copy);
    if (problem !== undefined) throw new DamagedStore(path, problem);
    return { bytes: (await host.status(target))?.size ?? 0 };
  } catch (error) {
    await host.remove(target);
    throw error;
  }
}
