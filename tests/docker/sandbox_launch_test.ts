import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { BOX_ACCOUNT } from "./box_account.ts";
import { LAUNCH_STEPS, LaunchFailed } from "../../src/sandbox/box.ts";
import { type BoxStage, boxStage } from "./box_stage.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { docker, dockerTest } from "./docker.ts";

const NEVER = new AbortController().signal;
const RULES = new URL("../judges/inspect_rules.jq", import.meta.url).pathname;

/** The judge names every rule that is broken. */
async function assertHardened(inspected: string): Promise<void> {
  const verdict = await judge("jq", ["-r", "-f", RULES], { stdin: inspected });
  if (!verdict) return notJudged("jq is not installed");
  deepEqual(verdict, { ok: true, said: "" });
}

async function shell(
  box: Awaited<ReturnType<BoxStage["launcher"]["launch"]>>,
  command: string,
): Promise<string> {
  const call = { id: "1", name: "stakpak__run_command", input: { command } };
  return (await box.toolbox.call(call, { signal: NEVER })).text;
}

async function nothingLeft(stage: BoxStage): Promise<void> {
  deepEqual(await stage.containers(), []);
  equal((await stage.left()).length, 1, "the instance's own folder");
  for (const id of await stage.left()) {
    deepEqual((await Array.fromAsync(Deno.readDir(`${stage.run}/${id}`))).map(({ name }) => name), ["lock"]);
  }
}

dockerTest(
  "a box comes up in seven named steps, works as nobody in its workspace, and ends without a trace",
  async () => {
    await using stage = await boxStage();
    const told: string[] = [];
    const box = await stage.launcher.launch({ session: "s1", onStep: (step) => told.push(step) }, NEVER);
    deepEqual([...told].sort(), [...LAUNCH_STEPS].sort());
    deepEqual(box.timings.map(({ step }) => step), told);
    match(box.name, /^stakpak-[0-9a-f]{8}-[0-9a-f]{8}$/);
    ok(box.tools.some(({ name }) => name === "stakpak__view"));
    const said = await shell(
      box,
      "id -u; pwd; echo made > here; grep -h CapEff /proc/self/status; ls /sys/class/net",
    );
    deepEqual(said.split("\n"), [`${BOX_ACCOUNT.uid}`, "/workspace", "CapEff:\t0000000000000000", "lo"]);
    equal(await Deno.readTextFile(`${stage.workspace}/here`), "made\n");
    match(box.lastLines().join("\n"), /MCP server started at/);

    await box[Symbol.asyncDispose]();
    deepEqual(await box.ended, { cause: "stopped", message: "The box was stopped" });
    equal(stage.egress.closed, 1);
    await nothingLeft(stage);
  },
);

dockerTest("a running box breaks no rule of the judge, and holds nothing of our environment", async () => {
  await using stage = await boxStage({
    env: { STAKPAK_API_KEY: "sk-canary", ANTHROPIC_API_KEY: "sk-canary" },
  });
  await using box = await stage.launcher.launch({ session: "s1" }, NEVER);
  const inspected = await docker("inspect", box.name);
  await assertHardened(inspected);
  equal(inspected.includes("canary"), false);
  const [{ Config: { Env }, Mounts }] = JSON.parse(inspected);
  const said = Env.filter((line: string) => !line.endsWith("="));
  deepEqual(said.map((line: string) => line.split("=")[0]).sort(), [
    "DENO_DISABLE_NODE_SHIM",
    "DENO_NO_UPDATE_CHECK",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "STAKPAK_MCP_CLIENT_CA",
    "STAKPAK_MCP_SOCKET",
    "STAKPAK_SKIP_WARDEN",
  ]);
  const writable = Mounts.filter(({ RW }: { RW: boolean }) => RW).map((
    { Destination }: { Destination: string },
  ) => Destination);
  deepEqual(writable.sort(), ["/run/stakpak/in", "/workspace"]);
});

dockerTest("an image that is not there is told with the command that gets it", async () => {
  await using stage = await boxStage({ image: "stakpak-test:no-such-image" });
  await rejects(stage.launcher.launch({ session: "s1" }, NEVER), (error) => {
    ok(error instanceof LaunchFailed);
    equal(error.step, "start");
    match(
      error.message,
      /^Cannot start a sandbox: start: image stakpak-test:no-such-image is not present$/,
    );
    equal(error.hint, "docker pull stakpak-test:no-such-image");
    return true;
  });
  await nothingLeft(stage);
});

dockerTest("a box that has too little memory says so", async () => {
  await using stage = await boxStage({ sandbox: { memory: "8m" } });
  await rejects(stage.launcher.launch({ session: "s1" }, NEVER), (error) => {
    ok(error instanceof LaunchFailed);
    match(error.message, /he box (ran out|was killed \(signal 9\), perhaps for want) of memory/);
    equal(error.hint, "raise memory under [sandbox] in autopilot.toml");
    return true;
  });
  await nothingLeft(stage);
});

dockerTest("a box that is killed ends its calls, says why, and tidies up by itself", async () => {
  await using stage = await boxStage();
  const box = await stage.launcher.launch({ session: "s1" }, NEVER);
  const call = shell(box, "sleep 100");
  const failed = rejects(call, { name: "ToolboxGone" });
  await docker("kill", box.name);
  const end = await box.ended;
  equal(end.cause, "killed");
  equal(end.message, "The box was killed (signal 9), perhaps for want of memory");
  await failed;
  await box[Symbol.asyncDispose]();
  await nothingLeft(stage);
});

dockerTest("a launch that is given up leaves nothing, whenever that is", async () => {
  await using stage = await boxStage();
  for (const step of LAUNCH_STEPS) {
    const stop = new AbortController();
    const launching = stage.launcher.launch({
      session: "s1",
      onStep: (ended) => ended === step && stop.abort(new Error("given up")),
    }, stop.signal);
    // After the last step there is a box.
    if (step === "list tools") await (await launching)[Symbol.asyncDispose]();
    else await rejects(launching, { message: "given up" });
    await nothingLeft(stage);
  }
});

/** Stands for the Rust implementation in its image: listens on the port that it is told, without a way out of ours. */
const IN_IMAGE = `#!/bin/sh
unset HTTP_PROXY HTTPS_PROXY
exec /opt/stakpak/deno run -A /opt/stakpak/stakpak.js "$@"
`;

dockerTest("the image's own tools are reached through the box's socket, relayed in the box", async () => {
  const folder = await Deno.makeTempDir({ prefix: "box-image-" });
  try {
    await Deno.chmod(folder, 0o755);
    await Deno.writeTextFile(`${folder}/stakpak`, IN_IMAGE, { mode: 0o755 });
    await using stage = await boxStage({
      sandbox: { binary: "image" },
      volumes: [`${folder}/stakpak:/usr/local/bin/stakpak:ro`],
    });
    await using box = await stage.launcher.launch({ session: "s1" }, NEVER);
    const said = await shell(box, "tr '\\0' '\\n' < /proc/$PPID/environ | grep STAKPAK_MCP_PORT; id -u");
    deepEqual(said.split("\n"), ["STAKPAK_MCP_PORT=8080", `${BOX_ACCOUNT.uid}`]);
    await assertHardened(await docker("inspect", box.name));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

dockerTest("a box without a warden has no way out and knows of none", async () => {
  await using stage = await boxStage({ sandbox: { warden: "none" } });
  await using box = await stage.launcher.launch({ session: "s1" }, NEVER);
  equal(await shell(box, "env | grep -i proxy; ls /run/stakpak"), "in");
  deepEqual(stage.egress.opened, []);
});

function putInPlace(run: string, other: string): void {
  const [instance] = [...Deno.readDirSync(run)].filter(({ isDirectory }) => isDirectory);
  const [box] = [...Deno.readDirSync(`${run}/${instance!.name}`)].filter(({ isDirectory }) => isDirectory);
  const socket = `${run}/${instance!.name}/${box!.name}/in/mcp.sock`;
  Deno.removeSync(socket);
  Deno.symlinkSync(other, socket);
}

dockerTest("something else at the box's socket is found out before anything is said to it", async () => {
  await using stage = await boxStage();
  const said: string[] = [];
  using other = Deno.listen({ transport: "unix", path: `${stage.home}/other.sock` });
  const serving = (async () => {
    for await (const connection of other) {
      const buffer = new Uint8Array(4_096);
      const length = await connection.read(buffer) ?? 0;
      said.push(new TextDecoder("latin1").decode(buffer.subarray(0, length)));
      await connection.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
      connection.close();
    }
  })();
  const launching = stage.launcher.launch({
    session: "s1",
    // Before it is dialled, and as the box itself might.
    onStep: (step) => step === "start" && putInPlace(stage.run, `${stage.home}/other.sock`),
  }, NEVER);
  await rejects(launching, (error) => error instanceof LaunchFailed && error.step === "dial");
  other.close();
  await serving.catch(() => {});
  equal(said.length, 1);
  ok(said[0]!.startsWith("\x16\x03"), "a ClientHello");
  equal(/mcp|POST|GET/.test(said[0]!), false);
  await nothingLeft(stage);
});
