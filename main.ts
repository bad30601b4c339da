/**
 * The program's entry: answers `--version` at once, otherwise hands over to `src/cli/run.ts`.
 *
 * The only place that ends the process.
 *
 * @module
 */
import meta from "./deno.json" with { type: "json" };

const interrupted = new AbortController();
/** Time the commands we started get to end after an interrupt, before we do: more than probes wait for theirs. */
let interruptGraceMs = 2_000;
/** Time that open handles get to close after the last command. */
const EXIT_GRACE_MS = 100;

async function main(argv: readonly string[]): Promise<number> {
  const { denoHost } = await import("./src/host/deno_host.ts");
  const { programFlags } = await import("./src/cli/permissions.ts");
  const { runCli } = await import("./src/cli/run.ts");
  const host = denoHost(
    Deno.build.standalone ? [Deno.execPath()] : [Deno.execPath(), "run", ...programFlags(), bundle()],
    import.meta.url,
  );
  return await runCli(argv, {
    host,
    version: meta.version,
    signal: interrupted.signal,
    mayEndWithin: (ms) => interruptGraceMs = ms,
  });
}

/** The bundled program of this checkout, or this file where it is the bundle. */
function bundle(): string {
  return import.meta.filename!.replace(/main\.ts$/, "dist/stakpak.js");
}

function onInterrupt(): void {
  if (interrupted.signal.aborted) Deno.exit(130);
  interrupted.abort(new Error("interrupted"));
  setTimeout(() => Deno.exit(130), interruptGraceMs);
}

async function start(): Promise<void> {
  const [first, ...others] = Deno.args;
  if ((first === "--version" || first === "-V") && others.length === 0) {
    Deno.stdout.writeSync(new TextEncoder().encode(`${meta.version}\n`));
    return;
  }
  // In place of a command every signal is that command's.
  if (!(first === "warden" && others[0] === "init")) {
    Deno.addSignalListener("SIGINT", onInterrupt);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onInterrupt);
  }
  const code = await main(Deno.args);
  end(interrupted.signal.aborted ? 130 : code);
}

/** By running out of work: V8's code cache is kept only then, and the next start is 15 ms faster. `exit` is for what hangs. */
function end(code: number): void {
  Deno.exitCode = code;
  Deno.unrefTimer(setTimeout(() => Deno.exit(code), EXIT_GRACE_MS));
}

/** A worker of this program begins here as well, by its name: a bundle is one file. */
async function startWorker(): Promise<void> {
  if (self.name === "agent") {
    const { runAgentWorker } = await import("./src/agent/agent_worker.ts");
    await runAgentWorker();
  } else if (self.name === "egress") {
    const { runEgressWorker } = await import("./src/warden/egress_worker.ts");
    runEgressWorker();
  }
}

// No top-level await: `scripts/bundle.ts` cannot make one lazy file of a module that has it.
if (import.meta.main) void ("WorkerGlobalScope" in globalThis ? startWorker() : start());
