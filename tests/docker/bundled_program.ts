import { programFlags } from "../../src/cli/permissions.ts";
import { bundle } from "../../scripts/bundle.ts";
import { ROOT } from "../../scripts/root.ts";

let made: Promise<readonly string[]> | undefined;

/** How the program is started from a bundle of the sources as they are, made once for each state of them. */
export function bundledProgram(): Promise<readonly string[]> {
  return made ??= make();
}

async function make(): Promise<readonly string[]> {
  const state = Math.max(await newest(`${ROOT}/src`), await newest(`${ROOT}/main.ts`));
  const folder = `${Deno.env.get("TMPDIR") ?? "/tmp"}/stakpak-test-bundle-${Deno.uid()}`;
  await Deno.mkdir(folder, { recursive: true });
  // Test files run in parallel; one of them makes it, the others wait.
  using lock = await Deno.open(`${folder}/lock`, { create: true, write: true });
  await lock.lock(true);
  const path = `${folder}/${state}.js`;
  if (!await exists(path)) await bundle(path);
  return [Deno.execPath(), "run", ...programFlags(), path];
}

async function newest(path: string): Promise<number> {
  const { isDirectory, mtime } = await Deno.stat(path);
  if (!isDirectory) return mtime?.getTime() ?? 0;
  const times = [];
  for await (const { name } of Deno.readDir(path)) times.push(newest(`${path}/${name}`));
  return Math.max(0, ...await Promise.all(times));
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
