/**
 * Removes from the real machine what somebody hostile may have put there.
 *
 * @module
 */
import { unlessMissing } from "./deno_files.ts";

/** Removes a file or link, or a folder with all that is in it. Nothing there is fine. */
export async function remove(path: string): Promise<void> {
  await unlessMissing(path, async () => {
    if ((await Deno.lstat(path)).isDirectory) await removeFolder(path);
    else await Deno.remove(path);
  });
}

/** Removes a folder in one step, and only if nothing is in it; says whether it did. */
export async function removeEmpty(folder: string): Promise<boolean> {
  return await unlessMissing(folder, async () => {
    if (!(await Deno.lstat(folder)).isDirectory) return false;
    try {
      await Deno.remove(folder);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === "ENOTEMPTY") return false;
      throw error;
    }
  }) ?? false;
}

/**
 * `Deno.remove` goes down a tree by calling itself, and 30,000 folders in each other end the whole process. So every
 * inner folder is moved up until none has another in it. By then its name is one that only who may write `folder`
 * can put something else in the place of: what it was found to be, it is.
 */
async function removeFolder(folder: string): Promise<void> {
  const mark = crypto.randomUUID();
  let moved = 0;
  const place = (number: number) => `${folder}/${mark}-${number}`;
  const empty = async (from: string) => {
    for await (const { name, isDirectory } of Deno.readDir(from)) {
      if (name.startsWith(mark)) continue;
      const path = `${from}/${name}`;
      if (!isDirectory) await Deno.remove(path);
      else {
        const to = place(moved++);
        await opened(path, () => Deno.rename(path, to));
      }
    }
  };
  await empty(folder);
  for (let number = 0; number < moved; number++) {
    const path = place(number);
    if ((await Deno.lstat(path)).isDirectory) await opened(path, () => empty(path));
    await Deno.remove(path);
  }
  await Deno.remove(folder);
}

/** Does `work` with a folder that its own owner may have shut: such a one can be neither read nor moved elsewhere. */
async function opened(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
    await Deno.chmod(folder, 0o700);
    await work();
  }
}
