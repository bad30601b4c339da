/**
 * `stakpak warden init` in a process of its own, with no more rights than the table gives.
 *
 * @module
 */
import { equal, match } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { test } from "../sanitized.ts";
import { echoServer, hear, say } from "../warden/egress_stage.ts";
import { launcher } from "./launcher.ts";

/** Whoever runs the tests may have folders on PATH that only others can look into: a shell says 126 then. */
const SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";

function started(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { command: [program, ...flags], denoDir } = launcher();
  return new Deno.Command(program, {
    args: [...flags, "warden", "init", ...args],
    clearEnv: true,
    env: { HOME: "/nonexistent", PATH: SYSTEM_PATH, DENO_DIR: denoDir, ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

test("the command has its own exit code, our streams, and all of the environment", async () => {
  const child = started(["--", "sh", "-c", 'read line; echo "$line $OWN"; echo no >&2; exit 7'], {
    OWN: "kept",
  });
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode("hello\n"));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  equal(text(stdout), "hello kept\n");
  equal(text(stderr), "no\n");
  equal(code, 7);
});

for (const [signal, code] of [["SIGTERM", 3], ["SIGINT", 4], ["SIGUSR1", 5]] as const) {
  test(`${signal} is the command's, which may take its time`, async () => {
    const name = signal.slice(3);
    // The shell is woken from its wait by the signal; a sleep of its own would hold it.
    const script = `trap 'exit ${code}' ${name}; echo ready; read line`;
    const child = started(["--", "sh", "-c", script]);
    const reader = child.stdout.getReader();
    equal(new TextDecoder().decode((await reader.read()).value), "ready\n");
    child.kill(signal);
    equal((await child.status).code, code);
    await reader.cancel();
    await child.stderr.cancel();
    await child.stdin.close();
  });
}

test("a command that a signal ends gives 128 and its number", async () => {
  const child = started(["--", "sh", "-c", "kill -KILL $$"]);
  await child.stdin.close();
  equal((await child.output()).code, 137);
});

test("a command that is not there is said by the shell, with its code", async () => {
  const child = started(["--", "no-such-program-here"]);
  await child.stdin.close();
  const { code, stderr } = await child.output();
  equal(code, 127);
  match(new TextDecoder().decode(stderr), /no-such-program-here/);
});

test("a socket leads to a port of the box while the command runs", async () => {
  const folder = await Deno.makeTempDir();
  await using server = echoServer();
  const child = started(["--relay", `${folder}/s=${server.port}`, "--", "sh", "-c", "echo ready; read line"]);
  const reader = child.stdout.getReader();
  await reader.read();
  const client = await denoSockets.connect({ socketPath: `${folder}/s` });
  await say(client, "hello");
  equal(await hear(client, "hello"), "hello");
  client.close();
  await child.stdin.close();
  equal((await child.status).code, 1);
  await reader.cancel();
  await child.stderr.cancel();
  await Deno.remove(folder, { recursive: true });
});
