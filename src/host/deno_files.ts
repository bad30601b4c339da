/**
 * Files of the real machine. Absence is `undefined`; anything else that goes wrong is a `PathError`.
 *
 * @module
 */
import type { HeldLock, OutputFile } from "./host.ts";
import { type FileStatus, LockHeld, PathError } from "./inspection.ts";
import { directoryOf } from "./path_text.ts";

const MAX_TEXT_BYTES = 8 * 1024 * 1024;

export async function readText(path: string): Promise<string | undefined> {
  const status = await statusOf(path, Deno.stat);
  if (!status) return undefined;
  if (status.kind === "directory") throw new PathError(path, "it is a folder, must be a file");
  if (status.kind !== "file") throw new PathError(path, "it is not a regular file");
  if (status.size > MAX_TEXT_BYTES) {
    throw new PathError(path, `it has ${status.size} bytes, must be at most ${MAX_TEXT_BYTES}`);
  }
  const bytes = await unlessMissing(path, () => Deno.readFile(path));
  if (!bytes) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new PathError(path, "it is not UTF-8 text", cause);
  }
}

export async function statusOf(
  path: string,
  ask: (path: string) => Promise<Deno.FileInfo>,
): Promise<FileStatus | undefined> {
  const info = await unlessMissing(path, () => ask(path));
  if (!info) return undefined;
  return {
    kind: info.isSymlink ? "link" : info.isFile ? "file" : info.isDirectory ? "directory" : "other",
    size: info.size,
    ...(info.mtime === null ? {} : { modified: info.mtime }),
    ...(info.mode === null ? {} : { mode: info.mode & 0o7777 }),
    ...(info.uid === null ? {} : { uid: info.uid }),
    ...(info.gid === null ? {} : { gid: info.gid }),
  };
}

export async function unlessMissing<T>(path: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
    throw pathError(path, error);
  }
}

export function pathError(path: string, error: unknown): Error {
  if (error instanceof Deno.errors.PermissionDenied) return new PathError(path, "permission denied", error);
  if (error instanceof Deno.errors.NotCapable) {
    return new PathError(path, "this program has no right to it", error);
  }
  if (error instanceof Deno.errors.FilesystemLoop) return new PathError(path, "its links form a loop", error);
  if (error instanceof Error) {
    return new PathError(path, error.message.replace(/ \(os error.*|: (?:stat|open).*$/, ""), error);
  }
  return new PathError(path, String(error));
}

/** Replaces in one step; the new file is private. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await replace(path, text, () => 0o600);
}

/** Replaces in one step; the new file has the mode of the old one. */
export async function rewriteFile(path: string, text: string): Promise<void> {
  await replace(path, text, (before) => {
    if (before?.kind !== "file") throw new PathError(path, "it is not a regular file");
    return before.mode ?? 0o600;
  });
}

async function replace(path: string, text: string, modeOf: (before?: FileStatus) => number): Promise<void> {
  try {
    const target = await unlessMissing(path, () => Deno.realPath(path)) ?? path;
    await Deno.mkdir(directoryOf(target), { recursive: true, mode: 0o700 });
    const before = await statusOf(target, Deno.stat);
    const mode = modeOf(before);
    const temporary = `${target}.${crypto.randomUUID().slice(0, 8)}.tmp`;
    try {
      using file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
      await writeAll(file, text);
      await file.sync();
      if (Deno.build.os !== "windows" && before?.uid !== undefined && before.uid !== Deno.uid()) {
        await Deno.chown(temporary, before.uid, before.gid ?? null);
      }
      if (Deno.build.os !== "windows" && mode !== 0o600) await Deno.chmod(temporary, mode);
      await Deno.rename(temporary, target);
    } catch (error) {
      await Deno.remove(temporary).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw error instanceof PathError ? error : pathError(path, error);
  }
}

async function writeAll(file: Deno.FsFile, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

export async function lock(path: string, signal: AbortSignal): Promise<HeldLock> {
  try {
    await Deno.mkdir(directoryOf(path), { recursive: true, mode: 0o700 });
    const file = await Deno.open(path, { write: true, create: true, mode: 0o600 });
    while (!await file.tryLock(true)) {
      if (signal.aborted) {
        file.close();
        throw new LockHeld(path);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return {
      async sign(text) {
        await file.truncate(0);
        await file.seek(0, Deno.SeekMode.Start);
        await writeAll(file, `${Deno.pid} ${text}\n`);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(file.close()),
    };
  } catch (error) {
    throw error instanceof PathError ? error : pathError(path, error);
  }
}

export async function openOutput(path: string): Promise<OutputFile> {
  try {
    const file = await Deno.open(path, { write: true, create: true, truncate: true });
    return {
      async write(text) {
        try {
          await writeAll(file, text);
        } catch (error) {
          throw pathError(path, error);
        }
      },
      [Symbol.asyncDispose]: () => Promise.resolve(file.close()),
    };
  } catch (error) {
    throw pathError(path, error);
  }
}
