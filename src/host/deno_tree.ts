/**
 * Folders of the real machine, and what makes and moves in them.
 *
 * @module
 */
import { pathError, statusOf } from "./deno_files.ts";
import type { Account } from "./host.ts";
import { type FolderEntry, PathError } from "./inspection.ts";
import { directoryOf } from "./path_text.ts";

const READ_BYTES = 64 * 1024;

export async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const status = await statusOf(path, Deno.stat);
  // Asked before it is opened: opening a pipe waits for somebody to write to it.
  if (status?.kind !== "file") {
    throw new PathError(path, status ? "it is not a regular file" : "it is not there");
  }
  using file = await named(path, () => Deno.open(path));
  for (;;) {
    const chunk = new Uint8Array(READ_BYTES);
    const length = await named(path, () => file.read(chunk));
    if (length === null) return;
    yield chunk.subarray(0, length);
  }
}

export async function entries(folder: string, most: number): Promise<FolderEntry[]> {
  return await named(folder, async () => {
    const found: FolderEntry[] = [];
    for await (const { name, isFile, isDirectory, isSymlink } of Deno.readDir(folder)) {
      if (found.length === most) break;
      found.push({ name, kind: isSymlink ? "link" : isFile ? "file" : isDirectory ? "directory" : "other" });
    }
    return found.sort((a, b) => a.name < b.name ? -1 : 1);
  });
}

export async function createFile(path: string, text: string): Promise<boolean> {
  return await named(path, async () => {
    await Deno.mkdir(directoryOf(path), { recursive: true });
    try {
      await Deno.writeTextFile(path, text, { createNew: true });
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      throw error;
    }
  });
}

export async function makeFolder(path: string): Promise<void> {
  await named(path, () => Deno.mkdir(path, { recursive: true, mode: 0o700 }));
}

export async function rename(from: string, to: string): Promise<boolean> {
  return await named(from, async () => {
    try {
      await Deno.rename(from, to);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "EXDEV") return false;
      throw error;
    }
  });
}

export async function append(path: string, text: string): Promise<void> {
  await named(path, async () => {
    await Deno.mkdir(directoryOf(path), { recursive: true, mode: 0o700 });
    using file = await Deno.open(path, { append: true, create: true, mode: 0o600 });
    // In one call: what another process appends comes before it or after it.
    const bytes = new TextEncoder().encode(text);
    const written = await file.write(bytes);
    if (written < bytes.length) throw new Error(`only ${written} of ${bytes.length} bytes fit`);
  });
}

export async function give(path: string, mode: number, owner?: Account): Promise<void> {
  await named(path, async () => {
    if (owner) await Deno.chown(path, owner.uid, owner.gid);
    await Deno.chmod(path, mode);
  });
}

async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw pathError(path, error);
  }
}
