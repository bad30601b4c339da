/**
 * What runs in a box: this very program, mounted read-only, so that any image with glibc will do.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import { directoryOf } from "../host/path_text.ts";
import type { PlannedMount } from "./run_argv.ts";

export interface BoxProgram {
  readonly mounts: readonly PlannedMount[];
  /** Starts it in the box, without its arguments. */
  readonly command: readonly [string, ...string[]];
  /** What it wants to have in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const FOLDER = "/opt/stakpak";
const HINT = "deno task bundle";
/**
 * A cache would be written into the box's memory, for a program that starts there once; and a start makes much that
 * is thrown away, in megabytes.
 */
const START_FAST = ["--no-code-cache", "--v8-flags=--min-semi-space-size=16"];
/** More files than a checkout has sources. */
const SOURCES_MAX = 5_000;

/**
 * How a box starts `host.program`. Rejects with a `UserError` where that is a bundle which is missing, or older than
 * the sources beside it.
 */
export async function boxProgram(host: Inspection): Promise<BoxProgram> {
  const [program = "", ...args] = host.program;
  const bundle = args.at(-1);
  if (bundle === undefined) {
    const target = `${FOLDER}/stakpak`;
    return { mounts: [await mounted(host, program, target)], command: [target] };
  }
  await freshBundle(host, bundle);
  const [runtime, script] = [`${FOLDER}/deno`, `${FOLDER}/stakpak.js`];
  return {
    mounts: [await mounted(host, program, runtime), await mounted(host, bundle, script)],
    command: [runtime, "run", ...START_FAST, ...args.slice(1, -1), entryOf(script)],
    // It would ask the box's way out for its makers' site, and call itself `node` for all that it starts.
    env: { DENO_NO_UPDATE_CHECK: "1", DENO_DISABLE_NODE_SHIM: "1" },
  };
}

/**
 * A module that evaluates the bundle. Deno reads a module of a megabyte twice before it runs, for 160 ms without its
 * cache; a text that is evaluated is read by the engine alone.
 */
function entryOf(script: string): string {
  const meta = JSON.stringify({ main: true, filename: script, url: `file://${script}` });
  const text = `Deno.readTextFileSync("${script}")`;
  const asScript = `.replaceAll("import.meta", "globalThis.programMeta")`;
  const code = `globalThis.programMeta=${meta};(0,eval)('"use strict";'+${text}${asScript})`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

async function mounted(host: Inspection, path: string, target: string): Promise<PlannedMount> {
  const source = await host.realPath(path);
  if (source === undefined) {
    throw new UserError(`Cannot start a sandbox: this program is not at ${path} any more`, {
      hint: "start it again from where it is now",
    });
  }
  return { source, target, access: "ro", label: "shared" };
}

/** A checkout is a folder with `main.ts`; a bundle anywhere else is as old as it is. */
async function freshBundle(host: Inspection, bundle: string): Promise<void> {
  const made = await host.status(bundle);
  if (!made) throw stale(`${bundle} is missing`);
  const root = directoryOf(directoryOf(bundle));
  const main = await host.status(`${root}/main.ts`);
  if (!main) return;
  const newest = await newestIn(host, [`${root}/main.ts`, `${root}/deno.json`, `${root}/src`]);
  if (newest.modified > (made.modified?.getTime() ?? 0)) {
    throw stale(`${bundle} is older than ${newest.path}`);
  }
}

function stale(why: string): UserError {
  return new UserError(`Cannot start a sandbox: ${why}`, { hint: HINT, exitCode: 2 });
}

async function newestIn(
  host: Inspection,
  paths: readonly string[],
): Promise<{ path: string; modified: number }> {
  const found = await Promise.all(paths.map(async (path) => {
    const status = await host.status(path).catch(unlessPathError);
    if (status?.kind !== "directory") return { path, modified: status?.modified?.getTime() ?? 0 };
    const entries = await host.entries(path, SOURCES_MAX);
    return await newestIn(host, entries.map(({ name }) => `${path}/${name}`));
  }));
  return found.reduce((newest, one) => one.modified > newest.modified ? one : newest, {
    path: "",
    modified: 0,
  });
}

function unlessPathError(error: unknown): undefined {
  if (!(error instanceof PathError)) throw error;
}
