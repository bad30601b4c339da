/**
 * A dockerd of a test's own, beside the machine's: it can be stopped and started again.
 *
 * @module
 */
import { docker, run } from "./docker.ts";

export interface PrivateEngine extends AsyncDisposable {
  /** For `DOCKER_HOST`. */
  readonly address: string;
  /** As `docker` of `docker.ts`, asking this one. */
  docker(...args: readonly string[]): Promise<string>;
  /** Resolves when it answers. */
  start(...flags: readonly string[]): Promise<void>;
  /** Resolves when the process is gone. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** An engine that is running and holds `image`. */
export async function privateEngine(image: string): Promise<PrivateEngine> {
  const folder = await Deno.makeTempDir({ prefix: "engine-" });
  const address = `unix://${folder}/socket`;
  let daemon: Deno.ChildProcess | undefined;
  const ask = (...args: readonly string[]) => docker("--host", address, ...args);
  const stop = async (signal: "SIGTERM" | "SIGKILL") => {
    daemon?.kill(signal);
    await daemon?.status;
    daemon = undefined;
  };
  const engine: PrivateEngine = {
    address,
    docker: ask,
    stop,
    async start(...flags) {
      // One that was killed leaves them, and they may name processes that are somebody else's now.
      for (const file of ["pid", "exec/containerd/containerd.pid"]) {
        await Deno.remove(`${folder}/${file}`).catch(() => {});
      }
      const child = dockerd(folder, address, flags);
      let ended = false;
      void child.status.then(() => ended = true);
      while ((await run(["docker", "--host", address, "version"])).code !== 0) {
        if (ended) throw new Error(await Deno.readTextFile(`${folder}/log`));
      }
      daemon = child;
    },
    async [Symbol.asyncDispose]() {
      if (daemon) {
        for (const id of (await ask("ps", "-aq")).split("\n").filter(Boolean)) await ask("rm", "-f", id);
        await stop("SIGTERM");
      }
      await run(["umount", `${folder}/data`]);
      await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await engine.start();
    const load = 'docker save "$1" | docker --host "$2" load';
    const { code, stderr } = await run(["sh", "-c", load, "sh", image, address]);
    if (code !== 0) throw new Error(`Cannot load ${image}: ${stderr}`);
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}

/** Ends with its test, also where that is killed. */
function dockerd(folder: string, address: string, flags: readonly string[]): Deno.ChildProcess {
  const places = ["--data-root", "data", "--exec-root", "exec", "--pidfile", "pid"]
    .map((word) => word.startsWith("-") ? word : `${folder}/${word}`);
  // In a network namespace of its own: without a bridge it removes the one of the machine's daemon.
  const apart = ["--bridge", "none", "--iptables=false", "--ip6tables=false"];
  const words = ["dockerd", ...places, "--host", address, ...apart, ...flags];
  return new Deno.Command("sh", {
    args: [
      "-c",
      'log="$1"; shift; exec setpriv --pdeathsig TERM unshare --net "$@" >> "$log" 2>&1',
      "sh",
      `${folder}/log`,
      ...words,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}
