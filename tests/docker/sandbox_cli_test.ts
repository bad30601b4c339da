/**
 * `stakpak sandbox …`, `mcp proxy` and `doctor --live` on real Docker, as processes with the table's grants.
 *
 * @module
 */
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { BOX_ACCOUNT } from "./box_account.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { bundledProgram } from "./bundled_program.ts";
import { docker, dockerTest } from "./docker.ts";
import { baseImage } from "./images.ts";

const KEY = "sk-ant-api03-Zq8rT2vWx5yB7cD9eF1gH3jK4mN6pQ8s";

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A home of its own, in which the program runs. */
async function stage(image?: string) {
  const [program, ...flags] = await bundledProgram();
  const home = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  const env = {
    HOME: home,
    PATH: Deno.env.get("PATH")!,
    STAKPAK_RUN_DIR: `${home}/r`,
    STAKPAK_AGENT_IMAGE: image ?? await baseImage(),
    ANTHROPIC_API_KEY: KEY,
    DENO_NO_UPDATE_CHECK: "1",
  };
  const start = (args: readonly string[], stdin: "null" | "piped" = "null") =>
    new Deno.Command(program!, {
      args: [...flags, ...args],
      clearEnv: true,
      cwd: home,
      env,
      stdin,
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const run = async (...args: readonly string[]): Promise<Ended> => {
    const { code, stdout, stderr } = await start(args).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, out: text(stdout), err: text(stderr) };
  };
  const containers = async () => {
    const label = `label=${LABELS.home}=${await homeOf(denoHost([]), `${home}/r`)}`;
    return (await docker("ps", "-aq", "--filter", label)).split("\n").filter(Boolean);
  };
  const folders = async () =>
    (await Array.fromAsync(Deno.readDir(`${home}/r`))).map(({ name }) => name).filter((name) =>
      name !== "lock"
    );
  return {
    home,
    start,
    run,
    containers,
    folders,
    /** Runs a command that says when it is under way, and then waits. */
    async running() {
      const child = start(["sandbox", "run", "--", "sh", "-c", "touch /workspace/begun; sleep 600"]);
      while (!await Deno.stat(`${home}/.stakpak/autopilot/workspace/begun`).catch(() => undefined));
      return child;
    },
    async [Symbol.asyncDispose]() {
      for (const id of await containers()) await docker("rm", "-f", id);
      await Deno.remove(home, { recursive: true });
    },
  };
}

dockerTest(
  "sandbox run prints what the command printed, ends with its code, and leaves nothing",
  async () => {
    await using machine = await stage();
    for (const mode of [[], ["--ephemeral"]]) {
      const { code, out, err } = await machine.run(
        "sandbox",
        "run",
        ...mode,
        "--",
        "sh",
        "-c",
        "id -u; pwd; exit 7",
      );
      const folder = mode.length === 0 ? `/workspace/${await sessionName("run")}` : "/workspace";
      deepEqual([code, out, err], [7, `${BOX_ACCOUNT.uid}\n${folder}\n`, ""]);
    }
    deepEqual([await machine.containers(), await machine.folders()], [[], []]);
    // It had a folder of its own, and left nothing in it.
    deepEqual(await Array.fromAsync(Deno.readDir(`${machine.home}/.stakpak/autopilot/sessions`)), []);
  },
);

dockerTest("sandbox run redacts what comes out, and hands no key in", async () => {
  await using machine = await stage();
  await Deno.mkdir(`${machine.home}/.stakpak/autopilot/workspace`, { recursive: true, mode: 0o700 });
  await Deno.writeTextFile(`${machine.home}/.stakpak/autopilot/workspace/leaked`, `key: ${KEY}\n`);
  await docker(
    "run",
    "--rm",
    "-v",
    `${machine.home}:/h`,
    await baseImage(),
    "chown",
    "-R",
    `${BOX_ACCOUNT.uid}:${BOX_ACCOUNT.gid}`,
    "/h/.stakpak/autopilot/workspace",
  );
  const { code, out } = await machine.run("sandbox", "run", "--", "sh", "-c", "cat ../leaked; env");
  equal(code, 0);
  match(out, /^key: \[REDACTED_SECRET:/);
  doesNotMatch(out, /ANTHROPIC/);
});

dockerTest("sandbox run ends with 2 where the image is not there, and says how to get it", async () => {
  await using machine = await stage("stakpak-test:never-made");
  for (const mode of [[], ["--ephemeral"]]) {
    const { code, out, err } = await machine.run("sandbox", "run", ...mode, "--", "id");
    deepEqual([code, out], [2, ""]);
    match(err, /^error: Cannot start a sandbox: .*[^]*\nhint: docker pull stakpak-test:never-made\n$/);
  }
  deepEqual([await machine.containers(), await machine.folders()], [[], []]);
});

dockerTest("SIGINT ends a box and its folders, and the program with 130", async () => {
  await using machine = await stage();
  const child = await machine.running();
  const [box] = (await machine.run("sandbox", "list", "--json").then(({ out }) => JSON.parse(out))).boxes;
  equal(box.session, "shared");
  match(box.status, /^Up/);
  match((await machine.run("sandbox", "logs", box.name)).out, /MCP server started at/);
  child.kill("SIGINT");
  equal((await child.output()).code, 130);
  deepEqual([await machine.containers(), await machine.folders()], [[], []]);
});

dockerTest("what a killed program leaves, sandbox prune removes; the boxes of a live one stay", async () => {
  await using machine = await stage();
  const dead = await machine.running();
  dead.kill("SIGKILL");
  await dead.output();
  await Deno.remove(`${machine.home}/.stakpak/autopilot/workspace/begun`);
  equal((await machine.folders()).length, 1);
  const { code, err } = await machine.run("sandbox", "prune");
  equal(code, 0);
  match(err, /^Removed: \d containers, 1 folders$/m);
  deepEqual([await machine.containers(), await machine.folders()], [[], []]);
  const live = await machine.running();
  match((await machine.run("sandbox", "prune")).err, /Removed: 0 containers, 0 folders/);
  equal((await machine.containers()).length, 1);
  live.kill("SIGINT");
  await live.output();
});

dockerTest(
  "mcp proxy gives a client the tools of the box under their bare names, secrets redacted",
  async () => {
    await using machine = await stage();
    const child = machine.start(["mcp", "proxy", "--stdio"], "piped");
    const writer = child.stdin.getWriter();
    const say = (message: object) =>
      writer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`));
    const clientInfo = { name: "test", version: "0" };
    await say({
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
    });
    await say({ method: "notifications/initialized" });
    await say({ id: 2, method: "tools/list" });
    const command = `echo it is ${KEY}; id -u; cat /etc/hostname`;
    await say({ id: 3, method: "tools/call", params: { name: "run_command", arguments: { command } } });
    await say({ id: 4, method: "tools/call", params: { name: "view", arguments: { path: "/nowhere" } } });
    let out = "";
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    while (!(/"id":3\b/.test(out) && /"id":4\b/.test(out))) out += (await reader.read()).value;
    const [hostname] = await machine.containers();
    await writer.close();
    while (!(await reader.read()).done);
    const err = await new Response(child.stderr).text();
    deepEqual([(await child.status).code, err], [0, ""]);
    const answers = out.trim().split("\n").map((line) => JSON.parse(line));
    const answer = (id: number) => answers.find((one) => one.id === id).result;
    deepEqual(answer(2).tools.map(({ name }: { name: string }) => name), TOOLS.map(({ name }) => name));
    match(
      answer(3).content[0].text,
      new RegExp(`^it is \\[REDACTED_SECRET:\\w+:\\w+\\]\n${BOX_ACCOUNT.uid}\n${hostname}`),
    );
    equal(answer(4).isError, true);
    doesNotMatch(out, /sk-ant-api03/);
    deepEqual([await machine.containers(), await machine.folders()], [[], []]);
  },
);

dockerTest("doctor --live starts a sandbox, tells what each step took, and leaves nothing", async () => {
  await using machine = await stage();
  const args = ["doctor", "--only", "sandbox_launch", "--format", "json"];
  const { code, out } = await machine.run(...args, "--live");
  equal(code, 0, out);
  const check = JSON.parse(out).checks.find(({ id }: { id: string }) => id === "sandbox_launch");
  match(check.summary, /^A sandbox starts in \d+ ms$/);
  deepEqual(
    check.details.map((line: string) => line.replace(/: \d+ ms$/, "")).toSorted(),
    ["dial", "folders", "handshake", "identity", "list tools", "ready", "start"],
  );
  deepEqual([await machine.containers(), await machine.folders()], [[], []]);
  const unasked = await machine.run(...args);
  equal(unasked.code, 2);
  ok(unasked.err.includes("hint: stakpak doctor --live --only sandbox_launch"));
});
