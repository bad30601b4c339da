/**
 * The real machine. Only `src/host/deno_*.ts` says `Deno.`; the rest of the program sees `Host`.
 *
 * @module
 */
import { attach } from "./deno_attach.ts";
import { run } from "./deno_command.ts";
import { denoConsole } from "./deno_console.ts";
import { granted, readEnvironment } from "./deno_environment.ts";
import {
  lock,
  openOutput,
  readText,
  replaceFile,
  rewriteFile,
  statusOf,
  unlessMissing,
} from "./deno_files.ts";
import { fetchPastProxies } from "./deno_fetch.ts";
import { remove, removeEmpty } from "./deno_remove.ts";
import { denoSockets } from "./deno_sockets.ts";
import { stream } from "./deno_stream.ts";
import { standBy } from "./deno_stand_by.ts";
import { append, createFile, entries, give, makeFolder, readChunks, rename } from "./deno_tree.ts";
import { workersOf } from "./deno_worker.ts";
import type { Grant, Host } from "./host.ts";
import type { ListenAnswer } from "./inspection.ts";
import { getJson } from "./deno_http.ts";

/** The entry in a checkout. In a bundle that is another file, and `main.ts` says which. */
const entryOfCheckout = () => new URL("../../main.ts", import.meta.url).href;

/**
 * The machine this process runs on. `program` is how to start it again (see {@linkcode Inspection.program}), `entry`
 * the module that it begins with, from which workers are started.
 */
export function denoHost(program: readonly string[], entry = entryOfCheckout()): Host {
  return {
    os: Deno.build.os === "darwin" || Deno.build.os === "windows" ? Deno.build.os : "linux",
    arch: Deno.build.arch,
    kernel: granted(() => Deno.osRelease()) ?? "",
    uid: granted(() => Deno.uid()) ?? undefined,
    gid: granted(() => Deno.gid()) ?? undefined,
    program,
    env: readEnvironment,
    now: () => new Date(),
    memory() {
      const { total, swapTotal } = Deno.systemMemoryInfo();
      return { totalBytes: total, swapBytes: swapTotal };
    },
    residentBytes: () => Deno.memoryUsage().rss,
    run,
    stream,
    readText,
    readChunks,
    entries,
    status: (path) => statusOf(path, Deno.stat),
    linkStatus: (path) => statusOf(path, Deno.lstat),
    linkTarget: (path) => unlessMissing(path, () => Deno.readLink(path)),
    realPath: (path) => unlessMissing(path, () => Deno.realPath(path)),
    ownAddresses: () => granted(() => Deno.networkInterfaces().map(({ address }) => address)) ?? [],
    canListen,
    getJson,
    replaceFile,
    createFile,
    rewriteFile,
    makeFolder,
    rename,
    remove,
    removeEmpty,
    lock,
    openOutput,
    append,
    give,
    attach,
    standBy,
    fetch: fetchPastProxies,
    startWorker: workersOf(entry),
    sockets: denoSockets,
    drop: async (grant) => void await Deno.permissions.revoke(descriptor(grant)),
    holds: async (grant) => (await Deno.permissions.query(descriptor(grant))).state === "granted",
    console: denoConsole(),
  };
}

// deno-lint-ignore require-await
async function canListen(hostname: string, port: number): Promise<ListenAnswer> {
  try {
    Deno.listen({ hostname, port }).close();
    return { free: true };
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return { free: false, reason: "in_use" };
    if (error instanceof Deno.errors.PermissionDenied) return { free: false, reason: "privileged" };
    if (error instanceof Deno.errors.AddrNotAvailable) return { free: false, reason: "not_local" };
    return { free: false, reason: "bad_address" };
  }
}

function descriptor({ name, value }: Grant): Deno.PermissionDescriptor {
  if (value === undefined) return { name } as Deno.PermissionDescriptor;
  const field =
    { read: "path", write: "path", net: "host", env: "variable", run: "command", sys: "kind" }[name];
  return { name, [field]: value } as unknown as Deno.PermissionDescriptor;
}
