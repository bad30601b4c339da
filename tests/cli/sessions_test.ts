/**
 * `sessions`, `approvals` and `audit` as processes with the table's grants, on a store that another process has open.
 *
 * @module
 */
import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";
import { realStage } from "./real_stage.ts";
import { storeOf, waitingSession } from "./stored_sessions.ts";
import { assertLines } from "./transcript.ts";
import type { CallRecord } from "../../src/server/records.ts";

const KEY = "sk-ant-api03-Zq8rT2vWx5yB7cD9eF1gH3jK4mN6pQ8s";
const ID = "call_000000000001";
const OTHER = "call_000000000002";

async function stage(calls: readonly Partial<CallRecord>[] = [{}]) {
  const { command, denoDir } = launcher();
  const machine = await realStage({ title: "", files: {}, steps: [] }, command, denoDir);
  const store = await storeOf(machine.home);
  const { session, runId } = waitingSession(store, calls);
  return {
    home: machine.home,
    store,
    runId,
    id: session.id,
    async stakpak(...args: string[]) {
      const env = { USER: "ada", ANTHROPIC_API_KEY: KEY };
      return await machine.run({ line: 0, args, env, out: [], err: [], exit: 0, files: [] });
    },
    async [Symbol.asyncDispose]() {
      store[Symbol.dispose]();
      await machine[Symbol.asyncDispose]();
    },
  };
}

test("sessions list names the last used first, with how their runs are", async () => {
  await using machine = await stage();
  machine.store.sessions.create({ title: "a\x1b[2Jb", origin: "api" });
  const { out, err, exit } = await machine.stakpak("sessions", "list");
  assert.deepEqual([err, exit], ["", 0]);
  assertLines(out, [
    "SESSION                               USED                  RUN      TITLE",
    "…  none     a\\u{1b}[2Jb",
    `${machine.id}  …Z  waiting  Free some disk space`,
  ], out);
  const found = await machine.stakpak("sessions", "list", "--json", "--search", "disk");
  const { schema, total, sessions: [only] } = JSON.parse(found.out);
  assert.deepEqual([schema, total, only.id, only.run], [1, 1, machine.id, {
    id: machine.runId,
    state: "waiting",
  }]);
  const few = await machine.stakpak("sessions", "list", "--limit", "1");
  assert.equal(few.err, "1 of 2: --limit shows more\n");
});

test("sessions show prints the conversation, redacted with what is known now", async () => {
  await using machine = await stage([{ input: { command: `echo ${KEY}` } }]);
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n");
  machine.store.messages.append(machine.id, machine.runId, {
    role: "tool",
    results: [{ callId: "toolu_0", text: lines, isError: false }],
  });
  const { out, err, exit } = await machine.stakpak("sessions", "show", machine.id);
  assert.deepEqual([err, exit], ["", 0]);
  assertLines(out, [
    "Free some disk space",
    `session ${machine.id}, of …Z`,
    "model not chosen yet, tools: not chosen yet",
    "last run waiting",
    "",
    "user:",
    "  Free some disk space",
    "",
    "assistant:",
    "  I look first.",
    "  Then:",
    "",
    '→ stakpak__run_command {"command":"echo [REDACTED_SECRET:…]"}',
    "",
    "result:",
    "  line 0",
    "...",
    "  line 19",
    "  … 10 more lines",
  ], out);
});

test("sessions export writes all there is, into a file for nobody else", async () => {
  await using machine = await stage();
  await machine.stakpak("approvals", "reject", ID, "--reason", "no");
  const { out, err, exit } = await machine.stakpak("sessions", "export", machine.id, "--output", "s.json");
  assert.deepEqual([out, err, exit], ["", "", 0]);
  assert.equal((await Deno.stat(`${machine.home}/s.json`)).mode! & 0o777, 0o600);
  const { schema, session, messages, events, audit } = JSON.parse(
    await Deno.readTextFile(`${machine.home}/s.json`),
  );
  assert.deepEqual([schema, session.id, messages.length], [1, machine.id, 2]);
  assert.deepEqual(events[0].event, { TurnStarted: { run_id: machine.runId, turn: 1 } });
  assert.deepEqual([audit[0].kind, audit[0].actor], ["decision", "cli:ada"]);
  assert.deepEqual(
    JSON.parse((await machine.stakpak("sessions", "export", machine.id)).out).messages,
    messages,
  );
});

test("sessions export does not write over what stakpak itself needs", async () => {
  await using machine = await stage();
  const database = `${machine.home}/.stakpak/autopilot/autopilot.db`;
  const { err, exit } = await machine.stakpak("sessions", "export", machine.id, "--output", database);
  assert.equal(exit, 2);
  assert.match(err, /^error: Cannot write --output .*: it is a file that stakpak itself needs\nhint: /);
});

test("sessions delete wants a yes, then leaves nothing but that it was done", async () => {
  await using machine = await stage();
  const unasked = await machine.stakpak("sessions", "delete", machine.id);
  assert.deepEqual([unasked.exit, unasked.err], [
    2,
    "error: Cannot delete the session: nobody is there to confirm it\nhint: say so with --yes\n",
  ]);
  assert.ok(machine.store.sessions.get(machine.id));
  const { out, err, exit } = await machine.stakpak("sessions", "delete", machine.id, "--yes");
  assert.deepEqual([out, err, exit], ["", `Deleted: ${machine.id}\n`, 0]);
  assert.equal(machine.store.sessions.get(machine.id), undefined);
  assert.equal(machine.store.calls.get(ID), undefined);
  const { records } = machine.store.audit.list({ limit: 9, offset: 0, sessionId: machine.id });
  assert.deepEqual(records.map(({ subject, outcome, actor }) => [subject, outcome, actor]), [
    ["session delete", "deleted", "cli:ada"],
    ["stakpak__run_command", "cancelled", "supervisor"],
  ]);
});

test("a session that is not there is exit 2, for each command that names one", async () => {
  await using machine = await stage();
  for (const args of [["show", "x"], ["export", "x"], ["delete", "x", "--yes"]]) {
    const { out, err, exit } = await machine.stakpak("sessions", ...args);
    assert.deepEqual([out, exit], ["", 2]);
    assert.equal(err, 'error: Cannot find the session "x": there is none\nhint: stakpak sessions list\n');
  }
});

test("approvals list and show say what waits, whole and with nothing that acts on a terminal", async () => {
  await using machine = await stage([{ input: { command: `printf '\x1b[2J' > /tmp/${"x".repeat(200)}` } }]);
  const { out } = await machine.stakpak("approvals", "list");
  assertLines(out, [
    "APPROVAL           STATE    EXPIRES               SESSION                               CALL",
    `${ID}  pending  …Z  ${machine.id}  stakpak__run_command {"command":"printf '\\u001b[2J' > /tmp/xxx…`,
  ], out);
  const shown = await machine.stakpak("approvals", "show", ID);
  assertLines(shown.out, [
    `stakpak__run_command in the sandbox (${ID}, profile default: auto_approve lacks "run_command")`,
    "  {",
    `    "command": "printf '\\u001b[2J' > /tmp/${"x".repeat(200)}"`,
    "  }",
    "waits, until …Z",
    `session ${machine.id}`,
  ], shown.out);
  const { approval } = JSON.parse((await machine.stakpak("approvals", "show", ID, "--json")).out);
  assert.deepEqual([approval.id, approval.state, approval.hash], [ID, "pending", "h"]);
});

test("approvals approve decides once: again is said to be so, another decision is exit 1, unknown is exit 2", async () => {
  await using machine = await stage();
  const first = await machine.stakpak("approvals", "approve", ID);
  assert.deepEqual([first.out, first.err, first.exit], [
    "",
    `Approved: ${ID}  stakpak__run_command {"command":"ls"}\n`,
    0,
  ]);
  const { state, decidedBy } = machine.store.calls.get(ID)!;
  assert.deepEqual([state, decidedBy], ["approved", "cli:ada"]);
  const again = await machine.stakpak("approvals", "approve", ID);
  assert.match(again.err, /^Already so: call_000000000001 {2}approved by cli:ada, .*Z\n$/);
  assert.equal(again.exit, 0);
  const other = await machine.stakpak("approvals", "reject", ID);
  assert.match(
    other.err,
    /^error: Cannot decide about call_000000000001: the call was approved before \(approved by cli:ada, .*Z\)\nhint: stakpak approvals show call_000000000001\n$/,
  );
  assert.equal(other.exit, 1);
  const unknown = await machine.stakpak("approvals", "approve", "call_ffffffffffff");
  assert.deepEqual([unknown.err, unknown.exit], [
    "error: Cannot find the approval call_ffffffffffff: there is none\nhint: stakpak approvals list\n",
    2,
  ]);
  assert.equal((await machine.stakpak("approvals", "list")).err, "Nothing waits for approval\n");
  assert.match((await machine.stakpak("approvals", "list", "--all")).out, /approved/);
});

test("approvals reject tells why, redacted; several are decided together or not at all", async () => {
  await using machine = await stage([{}, { id: OTHER }]);
  const wrong = await machine.stakpak("approvals", "approve", ID, "call_ffffffffffff");
  assert.equal(wrong.exit, 2);
  assert.equal(machine.store.calls.get(ID)?.state, "pending");
  const one = await machine.stakpak("approvals", "reject", ID, "--reason", `not with ${KEY}`);
  assert.match(one.err, /^Rejected: call_000000000001 .*\nThe run waits for more: stakpak approvals list\n$/);
  assert.match(machine.store.calls.get(ID)?.reason ?? "", /^not with \[REDACTED_SECRET:/);
  const both = await machine.stakpak("approvals", "approve", OTHER, ID);
  assert.equal(both.exit, 1);
  assert.equal(machine.store.calls.get(OTHER)?.state, "pending");
});

test("a call that runs on this machine itself is approved at a terminal alone, and may be rejected anywhere", async () => {
  await using machine = await stage([{ place: "host" }]);
  const { err, exit } = await machine.stakpak("approvals", "approve", ID);
  assert.equal(exit, 2);
  assert.match(
    err,
    /^error: Cannot approve call_000000000001: it runs on this machine itself, .*\nhint: approve it at a terminal/,
  );
  assert.equal(machine.store.calls.get(ID)?.state, "pending");
  assert.equal((await machine.stakpak("approvals", "reject", ID)).exit, 0);
});

test("audit list shows who did what, the newest first, of one kind where that is asked", async () => {
  await using machine = await stage();
  await machine.stakpak("approvals", "approve", ID);
  machine.store.audit.add({
    sessionId: undefined,
    runId: undefined,
    kind: "egress",
    subject: "github.com:443",
    outcome: "denied",
    actor: "policy",
    details: { box: "shared" },
  });
  const { out } = await machine.stakpak("audit", "list");
  assertLines(out, [
    "TIME                  KIND      SUBJECT               OUTCOME   BY       SESSION",
    "…Z  egress    github.com:443        denied    policy",
    `…Z  decision  stakpak__run_command  approved  cli:ada  ${machine.id}`,
  ], out);
  const { records, total } = JSON.parse(
    (await machine.stakpak("audit", "list", "--kind", "decision", "--json")).out,
  );
  assert.deepEqual([total, records[0].details], [1, { call: ID, hash: "h" }]);
  const none = await machine.stakpak("audit", "list", "--session", "x");
  assert.deepEqual([none.out, none.err, none.exit], ["", "Nothing is recorded\n", 0]);
});

test("who looks at a store that nobody has open changes nothing there", async () => {
  await using machine = await stage();
  machine.store[Symbol.dispose]();
  const folder = `${machine.home}/.stakpak/autopilot`;
  const before = await filesIn(folder);
  const looks = [
    ["sessions", "list"],
    ["sessions", "show", machine.id],
    ["sessions", "export", machine.id],
    ["approvals", "list"],
    ["approvals", "show", ID],
    ["audit", "list"],
  ];
  for (const words of looks) {
    const { exit, err } = await machine.stakpak(...words);
    assert.equal(exit, 0, err);
    assert.deepEqual(await filesIn(folder), before, words.join(" "));
  }
});

/** Files with their modes, sizes and times of change. */
async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const { mode, size, mtime } = await Deno.stat(`${folder}/${name}`);
    found.push(`${name} ${mode} ${size} ${mtime?.getTime()}`);
  }
  return found.sort();
}
