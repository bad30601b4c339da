/**
 * `stakpak run` as a process with the table's grants, on a provider of the test's own. What needs a box is in
 * `tests/docker/run_cli_test.ts`.
 *
 * @module
 */
import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";
import { assertEnded, PROVIDER_KEY, runStage, type RunStageOptions } from "./run_stage.ts";

function stage(options: Partial<RunStageOptions> = {}) {
  const { command, denoDir } = launcher();
  return runStage({ command, env: { DENO_DIR: denoDir }, ...options });
}

const LAST = "session …, 1 turn, 120 tokens";

test("run prints what the model says, on stdout, and all else on stderr", async () => {
  await using machine = await stage();
  const script = machine.provider.script("hi", [{ say: "All is well.\n\tReally." }]);
  const ended = await machine.stakpak("run", "[[hi]] How are things?", "--no-sandbox");
  assertEnded(ended, { code: 0, out: ["All is well.", "\tReally."], err: ["...", LAST] });
  deepEqual([script.left(), script.surplus()], [0, 0]);
});

test("run reads its prompt from stdin and files, and tells the model their names", async () => {
  await using machine = await stage();
  const script = machine.provider.script("in", [{ say: "Read." }]);
  await Deno.writeTextFile(`${machine.home}/notes.md`, "the disk is sda");
  const args = ["run", "-", "--no-sandbox", "--context", "notes.md", "--model", "anthropic/other-model"];
  assertEnded(await machine.start(args, "[[in]] What is the disk?\n").ended, {
    code: 0,
    out: ["Read."],
    err: ["...", LAST],
  });
  const [asked] = script.requests;
  match(asked!.text, /What is the disk\?/);
  match(asked!.text, /notes\.md[^]*the disk is sda/);
  equal(asked!.body.model, "other-model");
});

test("run goes on with a session, and each run asks with all that was said", async () => {
  await using machine = await stage();
  const script = machine.provider.script("two", [{ say: "One." }, { say: "Two." }]);
  const first = await machine.stakpak("run", "[[two]] First", "--no-sandbox", "--output", "json");
  const { sessionId, status, text, model, turns } = JSON.parse(first.out);
  deepEqual([status, text, model, turns], ["completed", "One.", "anthropic/claude-test", 1]);
  const second = await machine.stakpak("run", "[[two]] Second", "--session", sessionId);
  assertEnded(second, { code: 0, out: ["Two."], err: ["...", `session ${sessionId}, 1 turn, 120 tokens`] });
  match(script.requests[1]!.text, /First[^]*One\.[^]*Second/);
  const { sessions } = JSON.parse((await machine.stakpak("sessions", "list", "--json")).out);
  deepEqual(sessions.map(({ title }: { title: string }) => title), ["[[two]] First"]);
});

test("run --output stream-json is every event that the store has, one a line", async () => {
  await using machine = await stage();
  machine.provider.script("ev", [{ say: "Hello." }]);
  const ended = await machine.stakpak("run", "[[ev]] Hi", "--no-sandbox", "--output", "stream-json");
  const events = ended.out.trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(events.map(({ id }) => id), events.map((_, index) => index + 1));
  const names = events.map(({ event }) => Object.keys(event)[0]);
  deepEqual([names[0], names.at(-1)], ["RunStarted", "RunCompleted"]);
  ok(names.includes("TextDelta"));
  const exported = await machine.stakpak("sessions", "export", events[0].session_id);
  deepEqual(JSON.parse(exported.out).events, events);
});

test("run without tools that a profile allows starts no box", async () => {
  await using machine = await stage({
    profile: "allowed_tools = []",
    env: { DENO_DIR: launcher().denoDir, DOCKER_HOST: "unix:///nowhere" },
  });
  machine.provider.script("none", [{ say: "I can only talk." }]);
  const ended = await machine.stakpak("run", "[[none]] Hi");
  equal(ended.code, 0, ended.err);
  equal(ended.out, "I can only talk.\n");
});

test("run ends with 1 where the run fails, and names the reason in every format", async () => {
  await using machine = await stage();
  const error = { status: 401, type: "authentication_error", message: `invalid x-api-key ${PROVIDER_KEY}` };
  machine.provider.script("bad", [{ error }, { error }]);
  const text = await machine.stakpak("run", "[[bad]] Hi", "--no-sandbox");
  equal(text.code, 1);
  match(text.err, /^error: Cannot finish the run \(model_error\): .*401/m);
  match(text.err, /^hint: stakpak model test$/m);
  const json = await machine.stakpak("run", "[[bad]] Hi", "--no-sandbox", "--output", "json");
  equal(json.code, 1);
  const { status, error: { reason } } = JSON.parse(json.out);
  deepEqual([status, reason], ["failed", "model_error"]);
  doesNotMatch(text.err + json.out + json.err, new RegExp(PROVIDER_KEY));
});

test("run ends with 1 where it took as many turns as it may", async () => {
  await using machine = await stage();
  const calls = [{ name: "stakpak__view", input: { path: "." } }];
  machine.provider.script("long", [{ say: "I look.", calls }, { say: "I look.", calls }]);
  const json = await machine.stakpak(
    "run",
    "[[long]] Hi",
    "--no-sandbox",
    "--max-turns",
    "1",
    "--output",
    "json",
  );
  const { status, turns, sessionId } = JSON.parse(json.out);
  deepEqual([json.code, status, turns], [1, "max_turns", 1]);
  match(
    json.err,
    new RegExp(
      `^error: Cannot finish the run: it took as many turns as it may .*1 turn.*\nhint: .* --session ${sessionId}`,
      "m",
    ),
  );
});

test("a call that needs approval is denied at once where nobody can be asked, with the rule that would allow it", async () => {
  await using machine = await stage({ autopilot: "[server]\nhost_tools = true\n" });
  const calls = [{ name: "stakpak__create", input: { path: "x", file_text: "y" } }];
  const script = machine.provider.script("deny", [{ calls }, { say: "I may not." }]);
  const ended = await machine.stakpak("run", "[[deny]] Hi", "--no-sandbox");
  equal(ended.code, 0, ended.err);
  equal(ended.out, "I may not.\n");
  match(
    ended.err,
    /^✗ stakpak__create \{"path":"x".*\n {2}.*add "create" to auto_approve of \[profiles\.default\]/m,
  );
  match(script.requests[1]!.text, /auto_approve/);
  const { records } = JSON.parse((await machine.stakpak("audit", "list", "--json")).out);
  deepEqual(records.map(({ kind, outcome }: Record<string, string>) => [kind, outcome]), [["call", "deny"]]);
});

const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
  [["run"], /^error: Cannot run: there is no prompt\nhint: /],
  [["run", " "], /^error: Cannot run: the prompt is blank\nhint: /],
  [["run", "p", "--max-turns", "0"], /^error: option '--max-turns <n>' .*1 to 256/],
  [
    ["run", "p", "--output", "xml"],
    /^error: option '--output <format>' .*Allowed choices are text, json, stream-json/,
  ],
  [["run", "p", "--profile", "nobody"], /^error: Cannot load profile "nobody": .*\nhint: /],
  [["run", "p", "--model", "nobody/x"], /^error: .*"nobody".*\nhint: /],
  [["run", "p", "--session", "nope"], /^error: Cannot find the session "nope": there is none\nhint: /],
  [["run", "--resume"], /^error: Cannot resume: --session is not given\nhint: /],
  [
    ["run", "p", "--approve", "run_comand"],
    /^error: Cannot use --approve "run_comand": there is no such tool\nhint: did you mean "run_command"\?/,
  ],
  [["run", "p", "--context", "no.md"], /^error: Cannot read --context "no.md": it does not exist\nhint: /],
];

test("run ends with 2 where it cannot start, asks nobody, and leaves no session", async () => {
  await using machine = await stage();
  for (const [args, message] of WRONG) {
    const { code, out, err } = await machine.stakpak(...args);
    equal(code, 2, `${args.join(" ")}: ${err}`);
    equal(out, "");
    match(err, message);
  }
  deepEqual(machine.provider.requests, []);
  const { err } = await machine.stakpak("sessions", "list");
  equal(err, "No sessions\n");
});

test("run ends with 2 where the store cannot be opened: nothing has run", async () => {
  await using machine = await stage();
  await Deno.mkdir(`${machine.home}/.stakpak/autopilot`);
  await Deno.writeTextFile(`${machine.home}/.stakpak/autopilot/autopilot.db`, "no database ".repeat(1_000));
  const damaged = await machine.stakpak("run", "p", "--no-sandbox");
  assertEnded(damaged, { code: 2, err: ["error: Cannot use the store …: it is damaged …", "hint: …"] });
  deepEqual(machine.provider.requests, []);
});

test("run ends with 2 where host_tools stands beside a channel: nothing is asked", async () => {
  await using machine = await stage({
    autopilot: '[server]\nhost_tools = true\n[channels.telegram]\ntoken = "x"\n',
  });
  const { code, err } = await machine.stakpak("run", "p", "--no-sandbox");
  equal(code, 2);
  match(err, /^error: Cannot start .*host_tools/m);
  deepEqual(machine.provider.requests, []);
});

test("an interrupt cancels the run, tells the provider by hanging up, and ends with 130", async () => {
  await using machine = await stage();
  const begun = gate();
  const script = machine.provider.script("slow", [() => {
    begun.open();
    return { silent: true };
  }]);
  const program = machine.start(["run", "[[slow]] Hi", "--no-sandbox", "--output", "json"]);
  await begun.pass();
  program.interrupt();
  const { code, out } = await program.ended;
  equal(code, 130);
  equal(JSON.parse(out).status, "cancelled");
  await script.requests[0]!.closed;
  ok(script.requests[0]!.gone());
  const { sessions: [session] } = JSON.parse((await machine.stakpak("sessions", "list", "--json")).out);
  equal(session.run.state, "cancelled");
});

test("two runs at once share the store, each with its own session", async () => {
  await using machine = await stage();
  const both = gate();
  let asked = 0;
  const step = (say: string) => () => {
    if (++asked === 2) both.open();
    return { say, hold: both };
  };
  machine.provider.script("a", [step("A.")]);
  machine.provider.script("b", [step("B.")]);
  const [a, b] = await Promise.all([
    machine.stakpak("run", "[[a]] Hi", "--no-sandbox"),
    machine.stakpak("run", "[[b]] Hi", "--no-sandbox"),
  ]);
  deepEqual([a.code, a.out, b.code, b.out], [0, "A.\n", 0, "B.\n"]);
});

test("a session that is deleted while it runs ends its run, whichever process has it", async () => {
  await using machine = await stage();
  const begun = gate();
  const script = machine.provider.script("gone", [() => {
    begun.open();
    return { silent: true };
  }]);
  const program = machine.start(["run", "[[gone]] Hi", "--no-sandbox"]);
  await begun.pass();
  const { sessions: [session] } = JSON.parse((await machine.stakpak("sessions", "list", "--json")).out);
  const deleted = await machine.stakpak("sessions", "delete", session.id, "--yes");
  assertEnded(deleted, { code: 0, err: [`Deleted: ${session.id}`] });
  const { code, err } = await program.ended;
  equal(code, 1, err);
  match(err, /^error: Cannot follow the run: its session was deleted\nhint: stakpak sessions list$/m);
  ok(script.requests[0]!.gone());
});

test("run --resume leaves a run waiting that cannot go on now, and says why", async () => {
  await using machine = await stage({ autopilot: "[server]\nhost_tools = true\n" });
  const call = { name: "stakpak__run_command", input: { command: "true" } };
  machine.provider.script("wait", [{ calls: [call] }]);
  const paused = await machine.stakpak(
    ...["run", "[[wait]] Do it", "--no-sandbox", "--pause-on-approval", "--output", "json"],
  );
  equal(paused.code, 10, paused.err);
  const { sessionId } = JSON.parse(paused.out);
  const config = `${machine.home}/.stakpak/config.toml`;
  const text = await Deno.readTextFile(config);
  await Deno.writeTextFile(config, text.replace(/^api_key.*$/m, ""));
  const refused = await machine.stakpak("run", "--session", sessionId, "--resume");
  assertEnded(refused, {
    code: 2,
    err: ['error: Cannot use the model "anthropic/claude-test": …', "hint: …"],
  });
  await Deno.writeTextFile(config, text);
  const again = await machine.stakpak("run", "--session", sessionId, "--resume");
  deepEqual([again.code, again.err.includes("Paused: a call waits")], [10, true], again.err);
});
