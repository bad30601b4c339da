/**
 * `stakpak run` with real boxes, as a process with the table's grants: what waits for approval, and goes on.
 *
 * @module
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { assertEnded, type Ended, runStage } from "../cli/run_stage.ts";
import { words } from "../cli/transcript.ts";
import { bundledProgram } from "./bundled_program.ts";
import { docker, dockerTest, run } from "./docker.ts";
import { baseImage } from "./images.ts";

const RUN_COMMAND = "stakpak__run_command";
const call = (command: string) => ({ name: RUN_COMMAND, input: { command } });

async function stage(autopilot = "") {
  const command = await bundledProgram();
  const runs = await Deno.makeTempDir({ prefix: "r-" });
  const machine = await runStage({
    command,
    env: { STAKPAK_RUN_DIR: runs, STAKPAK_AGENT_IMAGE: await baseImage() },
    autopilot,
  });
  const containers = async () => {
    const label = `label=${LABELS.home}=${await homeOf(denoHost([]), runs)}`;
    return (await docker("ps", "-aq", "--filter", label)).split("\n").filter(Boolean);
  };
  return {
    ...machine,
    command,
    env: { STAKPAK_RUN_DIR: runs, STAKPAK_AGENT_IMAGE: await baseImage() },
    containers,
    /** Runs the command lines that were printed to be pasted. */
    async pasted(line: string): Promise<Ended> {
      let last: Ended | undefined;
      for (const part of line.split(" && ")) {
        match(part, /^deno task stakpak /);
        last = await machine.stakpak(...words(part).slice(3));
        if (last.code !== 0) break;
      }
      return last!;
    },
    async [Symbol.asyncDispose]() {
      for (const id of await containers()) await docker("rm", "-f", id);
      await machine[Symbol.asyncDispose]();
      await Deno.remove(runs, { recursive: true });
    },
  };
}

dockerTest("a run carries its calls out in a box, tells the model, and leaves no box", async () => {
  await using machine = await stage();
  const script = machine.provider.script("id", [
    { say: "I look.", calls: [call("echo sum $((40 + 2)); ls /sys/class/net")] },
    { say: "It is 42." },
  ]);
  const ended = await machine.stakpak("run", "[[id]] Add", "--approve", "run_command");
  assertEnded(ended, {
    code: 0,
    out: ["I look.", "It is 42."],
    err: ["...", `→ ${RUN_COMMAND} …`, "session …, 2 turns, 240 tokens"],
  });
  match(script.requests[1]!.text, /sum 42\\nlo/);
  deepEqual(await machine.containers(), []);
  const { records } = JSON.parse((await machine.stakpak("audit", "list", "--json")).out);
  deepEqual(records.map(({ kind }: { kind: string }) => kind).reverse(), ["call", "result"]);
});

dockerTest("a run pauses with 10, and the command that it prints approves the call and goes on", async () => {
  await using machine = await stage();
  const script = machine.provider.script("pause", [
    { say: "I want to write.", calls: [call("echo kept > kept; cat kept")] },
    { say: "Written." },
  ]);
  const paused = await machine.stakpak("run", "[[pause]] Write", "--pause-on-approval");
  assertEnded(paused, {
    code: 10,
    out: ["I want to write."],
    err: [
      "...",
      "Paused: a call waits for approval",
      `  call_…  ${RUN_COMMAND} {"command":"echo kept > kept; cat kept"}`,
      "    …",
      "To approve and go on:",
      "  deno task stakpak approvals approve call_… && deno task stakpak run --session … --resume",
    ],
  });
  deepEqual([script.requests.length, await machine.containers()], [1, []]);
  const resumed = await machine.pasted(paused.err.trimEnd().split("\n").at(-1)!.trim());
  assertEnded(resumed, {
    code: 0,
    out: ["Written."],
    err: [
      `→ ${RUN_COMMAND} {"command":"echo kept > kept; cat kept"}`,
      "session …, 2 turns, 240 tokens",
    ],
  });
  match(script.requests[1]!.text, /kept/);
  const { records } = JSON.parse((await machine.stakpak("audit", "list", "--json")).out);
  const told = records.map(({ kind, outcome, actor }: Record<string, string>) => [kind, outcome, actor])
    .reverse();
  deepEqual(told.map(([kind]: string[]) => kind), ["call", "decision", "result"]);
  deepEqual(told[1], ["decision", "approved", "cli:ada"]);
  deepEqual(await machine.containers(), []);
});

dockerTest("a paused run goes on with what a rejection says, and json tells both", async () => {
  await using machine = await stage();
  const script = machine.provider.script("no", [{ calls: [call("reboot")] }, { say: "Then not." }]);
  const paused = await machine.stakpak(
    "run",
    "[[no]] Reboot",
    "--pause-on-approval",
    "--output",
    "json",
  );
  equal(paused.code, 10, paused.err);
  const { status, sessionId, approvals: [approval], resume } = JSON.parse(paused.out);
  deepEqual([status, approval.tool, approval.input], ["paused", RUN_COMMAND, { command: "reboot" }]);
  match(resume, new RegExp(`approve ${approval.id} && .* --session ${sessionId} --resume$`));
  const still = await machine.stakpak("run", "--session", sessionId, "--resume", "--output", "json");
  deepEqual([still.code, JSON.parse(still.out).approvals[0].id], [10, approval.id]);
  const rejected = await machine.stakpak("approvals", "reject", approval.id, "--reason", "not on Fridays");
  equal(rejected.code, 0);
  const resumed = await machine.stakpak("run", "--session", sessionId, "--resume", "--output", "json");
  deepEqual([resumed.code, JSON.parse(resumed.out).text], [0, "Then not."]);
  match(script.requests[1]!.text, /not on Fridays/);
});

dockerTest("a terminal is asked, sees the whole call, and its answer counts", async () => {
  await using machine = await stage();
  const script = machine.provider.script("tty", [{ calls: [call("echo from the box")] }, { say: "Seen." }]);
  const { code, out } = await atTerminal(machine, ["run", "[[tty]] Look"], "y\n");
  equal(code, 0, out);
  match(
    out,
    /stakpak__run_command in the sandbox \(call_[0-9a-f]{12}, profile default: [^]*"command": "echo from the box"[^]*Allow it\?[^]*Seen\./,
  );
  match(script.requests[1]!.text, /from the box/);
  const { records } = JSON.parse(
    (await machine.stakpak("audit", "list", "--kind", "decision", "--json")).out,
  );
  deepEqual(records.map(({ actor }: { actor: string }) => actor), ["terminal:ada"]);
});

dockerTest("a session with a box of its own finds its files again in the next run", async () => {
  await using machine = await stage('[server]\nsandbox_mode = "ephemeral"\n');
  const script = machine.provider.script("own", [
    { calls: [call("echo remembered > note")] },
    { say: "Noted." },
    { calls: [call("cat note")] },
    { say: "Read." },
  ]);
  const approve = ["--approve", "run_command"];
  const first = await machine.stakpak("run", "[[own]] Note", ...approve, "--output", "json");
  equal(first.code, 0, first.err);
  const { sessionId } = JSON.parse(first.out);
  const second = await machine.stakpak("run", "[[own]] Read", ...approve, "--session", sessionId);
  equal(second.out, "Read.\n", second.err);
  match(JSON.stringify(script.requests[3]!.body.messages), /remembered\\?"/);
  deepEqual(await machine.containers(), []);
});

dockerTest(
  "a call that a terminal is asked about may be decided elsewhere, and the run goes on",
  async () => {
    await using machine = await stage();
    machine.provider.script("else", [{ calls: [call("echo hello")] }, { say: "Went on." }]);
    const typed = new TransformStream<Uint8Array, Uint8Array>();
    const running = atTerminal(machine, ["run", "[[else]] Look"], typed.readable);
    const pending = async () =>
      JSON.parse((await machine.stakpak("approvals", "list", "--json")).out).approvals[0];
    let asked: { id: string; sessionId: string } | undefined;
    while (asked === undefined) asked = await pending();
    const followed = await machine.stakpak("run", "--session", asked.sessionId, "--resume");
    equal(followed.code, 10, followed.err);
    match(
      followed.err,
      /^Another process has this run: it is followed here, and goes on there\nPaused: /,
    );
    equal((await machine.stakpak("approvals", "approve", asked.id)).code, 0);
    while (
      JSON.parse((await machine.stakpak("sessions", "list", "--json")).out).sessions[0].run.state !==
        "completed"
    );
    await typed.writable.close();
    const { code, out } = await running;
    equal(code, 0, out);
    match(out, /Allow it\?.*It was decided elsewhere, or too late[^]*Went on\./s);
  },
);

dockerTest("what a box connects to, and what it may not, is in the audit log", async () => {
  await using machine = await stage();
  const web = { name: "stakpak__view_web_page", input: { url: "https://example.com/" } };
  machine.provider.script("web", [{ calls: [web] }, { say: "It is closed." }]);
  const ended = await machine.stakpak("run", "[[web]] Look", "--approve", "view_web_page");
  equal(ended.code, 0, ended.err);
  const { records } = JSON.parse((await machine.stakpak("audit", "list", "--kind", "egress", "--json")).out);
  deepEqual(records.map(({ subject, outcome }: Record<string, string>) => [subject, outcome]), [
    ["example.com:443", "denied"],
  ]);
  equal(records[0].details.reason, "not listed");
});

dockerTest("an interrupt ends a run's call with its box, and exits with 130", async () => {
  await using machine = await stage();
  machine.provider.script("long", [{ calls: [call("touch begun; sleep 600")] }, { say: "Never." }]);
  const program = machine.start(["run", "[[long]] Wait", "--approve", "run_command"]);
  const sessions = `${machine.home}/.stakpak/autopilot/workspace`;
  while (!await hasBegun(sessions));
  program.interrupt();
  const { code, err } = await program.ended;
  equal(code, 130, err);
  match(err, /Cancelled \(session /);
  deepEqual(await machine.containers(), []);
});

async function hasBegun(workspace: string): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(workspace)) {
      if (await Deno.stat(`${workspace}/${name}/begun`).catch(() => undefined)) return true;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return false;
}

/** Runs the program on a terminal, where somebody types `typed`. */
async function atTerminal(
  { command, home, env }: { command: readonly string[]; home: string; env: Readonly<Record<string, string>> },
  args: readonly string[],
  typed: string | ReadableStream<Uint8Array>,
): Promise<{ code: number; out: string }> {
  const line = [...command, ...args].map((word) => `'${word}'`).join(" ");
  const set = Object.entries({ ...env, HOME: home, USER: "ada", TERM: "dumb", DENO_NO_UPDATE_CHECK: "1" });
  const { code, stdout } = await run([
    "env",
    "-C",
    home,
    ...set.map(([name, value]) => `${name}=${value}`),
    "script",
    "-qec",
    line,
    "/dev/null",
  ], typed);
  ok(stdout.length > 0);
  return { code, out: stdout };
}
