/**
 * From inside a box: the two sockets through which it meets its supervisor.
 *
 * @module
 */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import tls from "node:tls";
import { createIdentity } from "../../src/mcp/identity.ts";
import { type Box, LaunchFailed } from "../../src/sandbox/box.ts";
import { type AttackStage, attackStage, refused, sh, works } from "./attack_stage.ts";
import { boxStage } from "./box_stage.ts";
import { dockerTest } from "./docker.ts";
import { recordingSocket } from "./recording_socket.ts";

const NEVER = new AbortController().signal;
const IN = "/run/stakpak/in";
const OUT = "/run/stakpak/out";

dockerTest("a box cannot take away its way out, nor put another thing in its place", async () => {
  await using on = await attackStage();
  const box = await on.box();
  await refused(box, [
    [`rm ${OUT}/egress.sock`, /Read-only file system/],
    [`mv ${OUT}/egress.sock ${OUT}/other`, /Read-only file system/],
    [`ln -sf /tmp/x ${OUT}/egress.sock`, /Read-only file system/],
    [`touch ${OUT}/made`, /Read-only file system/],
    [`chmod 777 ${OUT} ${OUT}/egress.sock`, /Read-only file system/],
    [`mv ${OUT} /run/stakpak/other`, /Read-only file system|busy/],
    // A link is on the way that the box can write; what it leads to stays what it is.
    [`ln -s ${OUT} ${IN}/out && rm ${IN}/out/egress.sock`, /Read-only file system/],
    [`ln ${OUT}/egress.sock ${IN}/hard`, /cross-device|not permitted/],
  ]);
  await works(box);
});

/** More than there are idle connections. */
const HOLDERS = 4;

/** Has the box put a link in the place of its socket while every connection is in use, and asks it something. */
async function askedAnew(on: AttackStage, box: Box, target: string): Promise<void> {
  const { workspace } = on.stage;
  const untilGo = "until [ -e go ]; do sleep 0.02; done";
  const held = Array.from({ length: HOLDERS }, (_, index) => sh(box, `touch held-${index}; ${untilGo}`));
  await thereAre(workspace, Array.from({ length: HOLDERS }, (_, index) => `held-${index}`));
  const swap = sh(box, `ln -sfn ${target} ${IN}/mcp.sock; touch swapped; ${untilGo}`);
  await thereAre(workspace, ["swapped"]);
  await rejects(sh(box, "echo reached"), (error) => {
    match(String(error), /^ToolboxGone: Cannot reach the tools: /);
    return true;
  });
  await Deno.writeTextFile(`${workspace}/go`, "");
  await Promise.all([...held, swap]);
  for await (const { name } of Deno.readDir(workspace)) {
    await Deno.remove(`${workspace}/${name}`, { recursive: true });
  }
}

async function thereAre(folder: string, wanted: readonly string[]): Promise<void> {
  for (;;) {
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    if (wanted.every((name) => names.includes(name))) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

dockerTest(
  "a socket that leads to docker's, or to any other: nothing is said there but a ClientHello",
  async () => {
    await using on = await attackStage();
    await using recording = recordingSocket(`${on.stage.home}/recording.sock`);
    const box = await on.box();
    await askedAnew(on, box, recording.path);
    ok(recording.heard.length > 0);
    recording.onlyClientHellos();

    const other = await on.box("s2");
    await askedAnew(on, other, "/var/run/docker.sock");
  },
);

/** A program in the place of ours: what the box's part of the handshake is, is up to the box. */
async function hostile(script: string): Promise<{ launched: Promise<unknown> } & AsyncDisposable> {
  const home = await Deno.makeTempDir({ prefix: "attack-" });
  const program = `${home}/hostile`;
  await Deno.writeTextFile(program, `#!/bin/sh\n${script}`, { mode: 0o755 });
  await Deno.chmod(home, 0o755);
  const stage = await boxStage({ home, program: [program] });
  return {
    launched: stage.launcher.launch({ session: "hostile" }, NEVER),
    async [Symbol.asyncDispose]() {
      deepEqual(await stage.containers(), []);
      await stage[Symbol.asyncDispose]();
      deepEqual(await stage.left(), []);
      await Deno.remove(home, { recursive: true });
    },
  };
}

function handshake(ca: string, socket: string): string {
  const block = `---BEGIN STAKPAK SERVER CA---\n${ca.trim()}\n---END STAKPAK SERVER CA---`;
  return `ln -s ${socket} ${IN}/mcp.sock\ncat << 'END'\n${block}\nEND\nexec sleep 1000\n`;
}

function failedToDial(error: unknown): true {
  ok(error instanceof LaunchFailed, String(error));
  equal(error.step, "dial");
  match(error.message, /^Cannot start a sandbox: dial: /);
  return true;
}

dockerTest("a box whose socket is a link from the start fails to be dialled, by name", async () => {
  const { caPem } = await createIdentity("server");
  const folder = await Deno.makeTempDir({ prefix: "recording-" });
  await using recording = recordingSocket(`${folder}/s`);
  for (const socket of [recording.path, "/var/run/docker.sock"]) {
    await using on = await hostile(handshake(caPem, socket));
    await rejects(on.launched, failedToDial);
  }
  ok(recording.heard.length > 0);
  recording.onlyClientHellos();
  await Deno.remove(folder, { recursive: true });
});

dockerTest(
  "a box that leads to another's socket gets nowhere, though it names that one's authority",
  async () => {
    await using victim = await attackStage();
    const box = await victim.box();
    const [instance] = await victim.stage.left();
    const folder = `${victim.stage.run}/${instance}/${box.name.split("-").at(-1)}`;
    const printed = box.lastLines().join("\n");
    const ca = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(printed)![0];
    const { caPem: foreign } = await createIdentity("server");
    for (const named of [foreign, ca]) {
      await using on = await hostile(handshake(named, `${folder}/in/mcp.sock`));
      await rejects(on.launched, failedToDial);
    }
    await logged(box, /refused a client: its certificate/);
    await works(box);
  },
);

dockerTest("the tools answer nobody without a certificate, or with somebody else's, and say so", async () => {
  await using on = await attackStage();
  const box = await on.box();
  const [instance] = await on.stage.left();
  const path = `${on.stage.run}/${instance}/${box.name.split("-").at(-1)}/in/mcp.sock`;
  equal(await greeted(path, {}), "");
  await logged(box, /refused a client: /);
  const stranger = await createIdentity("client");
  equal(
    await greeted(path, { cert: stranger.certificatePem, key: stranger.privateKeyPem.reveal() }),
    "",
  );
  await logged(box, /refused a client: its certificate: /);
  // Nor anything in the box itself.
  const program = `import tls from "node:tls";
    const socket = tls.connect({ path: "${IN}/mcp.sock", rejectUnauthorized: false });
    socket.on("secureConnect", () => socket.write("GET /mcp HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"));
    socket.on("data", (data) => console.log("heard " + data));
    socket.on("error", () => {});
    socket.on("close", () => console.log("closed"));`;
  await Deno.writeTextFile(`${on.stage.workspace}/ask.mjs`, program);
  match(await sh(box, "/opt/stakpak/deno run -A --no-lock ask.mjs"), /^closed$/m);
  await works(box);
});

/** What the tools say to somebody who asks. */
async function greeted(path: string, shown: { cert?: string; key?: string }): Promise<string> {
  const socket = tls.connect({ path, rejectUnauthorized: false, servername: "localhost", ...shown });
  const { promise, resolve } = Promise.withResolvers<void>();
  let heard = "";
  socket.on("secureConnect", () => socket.write("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  socket.on("data", (data: Uint8Array) => heard += new TextDecoder().decode(data));
  socket.on("error", () => {});
  socket.on("close", () => resolve());
  await promise;
  return heard;
}

/** The box's own log says it, as soon as it has come. */
async function logged(box: Box, what: RegExp): Promise<void> {
  while (!box.lastLines().some((line) => what.test(line))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
