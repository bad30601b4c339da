import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { LAUNCH_STEPS, LaunchFailed } from "../../src/sandbox/box.ts";
import { type BoxStage, boxStage } from "./box_stage.ts";
import { docker, dockerTest, run } from "./docker.ts";

const NEVER = new AbortController().signal;
const RULES = new URL("../judges/inspect_rules.jq", import.meta.url).pathname;

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
    deepEqual(said.split("\n"), ["1000", "/workspace", "CapEff:\t0000000000000000", "lo"]);
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
  const judged = await run(["jq", "-r", "-f", RULES], inspected);
  deepEqual(judged, { code: 0, stdout: "", stderr: "" });
  equal(inspected.includes("canary"), false);
  const [{ Config: { Env }, Mounts }] = JSON.parse(inspected);
  deepEqual(Env.map((line: string) => line.split("=")[0]).sort(), [
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
      /^Cannot start a sandbox: start: .*\nimage stakpak-test:no-such-image is not on this machine$/s,
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
    match(error.message, /ran out of memory/);
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
  equal(end.message, "The box was killed (signal 9)");
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
