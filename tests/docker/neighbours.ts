/**
 * Programs that a machine may have beside ours, and that ours has to cope with. Each lasts until it is disposed.
 *
 * @module
 */
import { lasting } from "./lasting.ts";
import type { MachineUser } from "./machine_user.ts";
import { sh } from "./sh.ts";

/** Takes connections on 127.0.0.1 and never answers. */
export function silentPort(user: MachineUser, port: number): Promise<AsyncDisposable> {
  return program(user, `globalThis.kept = Deno.listen({ hostname: "127.0.0.1", port: ${port} })`);
}

/** A daemon that hangs: takes everybody's connections on a unix socket and never answers. */
export function silentSocket(user: MachineUser, path: string): Promise<AsyncDisposable> {
  return program(
    user,
    `globalThis.kept = Deno.listen({ transport: "unix", path: "${path}" }); Deno.chmodSync("${path}", 0o666)`,
  );
}

/** A web server on 127.0.0.1 that answers everything with `body`, as JSON. */
export function webServer(user: MachineUser, port: number, body: unknown): Promise<AsyncDisposable> {
  const options = `{ hostname: "127.0.0.1", port: ${port}, onListen() {} }`;
  return program(user, `Deno.serve(${options}, () => Response.json(${JSON.stringify(body)}))`);
}

/** Runs a program of Deno's that says when it is ready, and ends with its stdin. */
function program(user: MachineUser, text: string): Promise<AsyncDisposable> {
  const whole = `${text}; console.log("ready"); for await (const _ of Deno.stdin.readable); Deno.exit();`;
  return lasting(user.exec(["deno", "eval", whole], { DENO_DIR: `/var/tmp/deno-${user.uid}` }));
}

/**
 * A `docker` in `folder` that never ends, and whose children ignore TERM. Who reads a line of the fifo
 * `folder/started` waits until one runs. Not a program but a file: there is nothing to dispose.
 */
export async function hungDocker(root: MachineUser, folder: string): Promise<void> {
  const script = `#!/bin/sh
trap '' TERM PIPE
sleep 100000 &
echo > ${folder}/started
wait
sleep 100000
`;
  await sh(root, `mkdir -p ${folder} && mkfifo --mode 666 ${folder}/started`);
  await sh(root, `install --mode 755 /dev/stdin ${folder}/docker`, script);
}
