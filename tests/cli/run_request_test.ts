import assert from "node:assert/strict";
import { checkOptions, type RunOptions, runRequest } from "../../src/cli/run_request.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { fakeCli } from "./fake_cli.ts";
import { storeOf } from "./stored_sessions.ts";

const OPTIONS: RunOptions = { color: true, sandbox: true, output: "text" };

async function requested(
  prompt: string,
  change: Partial<RunOptions> = {},
  machine: FakeMachine = {},
  session?: { tools: "sandbox" | "none" },
) {
  const home = await Deno.makeTempDir({ prefix: "request-" });
  try {
    using store = await storeOf(home);
    const known = session && store.sessions.create({ title: "t", origin: "cli" });
    if (known) store.sessions.update(known.id, { tools: session.tools });
    const options = { ...OPTIONS, ...known && { session: known.id }, ...change };
    const request = await runRequest(fakeCli(machine), store, options, prompt);
    return { request, stored: store.sessions.get(request.sessionId)!, known };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

test("runRequest() makes a session that is called like the prompt's first line", async () => {
  const { request, stored } = await requested(`\n${"x".repeat(200)}\nmore`);
  assert.equal(stored.title, `${"x".repeat(79)}…`);
  assert.equal(stored.origin, "cli");
  assert.deepEqual([request.text.length, request.sandbox, request.pauseOnApproval, request.overrides], [
    206,
    true,
    false,
    {},
  ]);
});

test("runRequest() goes on with a session", async () => {
  const { request, known } = await requested("more", {}, {}, { tools: "sandbox" });
  assert.equal(request.sessionId, known!.id);
  await assert.rejects(requested("more", { session: "nobody" }), {
    message: 'Cannot find the session "nobody": there is none',
    exitCode: 2,
  });
});

test("runRequest() reads a prompt from stdin", async () => {
  const { request } = await requested("-", {}, { stdin: "from a pipe\n" });
  assert.equal(request.text, "from a pipe\n");
  await assert.rejects(requested("-", {}, { stdin: " \n" }), { message: "Cannot run: the prompt is blank" });
  await assert.rejects(requested("-", {}, { stdin: "x".repeat(1024 * 1024 + 1) }), {
    message: "Cannot run: the prompt has more than 1048576 bytes",
    exitCode: 2,
  });
});

test("runRequest() hands on files, the model and the turns", async () => {
  const files = { "notes.md": "remember" };
  const { request } = await requested("p", {
    context: ["notes.md"],
    model: "openai/m",
    maxTurns: 3,
    sandbox: false,
    pauseOnApproval: true,
  }, { files });
  assert.deepEqual(request.context, [{ name: "notes.md", content: "remember" }]);
  assert.deepEqual(request.overrides, { model: "openai/m", maxTurns: 3 });
  assert.deepEqual([request.sandbox, request.pauseOnApproval], [false, true]);
  await assert.rejects(requested("p", { context: ["no.md"] }), {
    message: 'Cannot read --context "no.md": it does not exist',
    exitCode: 2,
  });
});

test("runRequest() lets calls wait where a terminal can be asked", async () => {
  assert.equal((await requested("p", {}, { terminal: true })).request.pauseOnApproval, true);
});

test("runRequest() refuses --no-sandbox for a session that has one: that is fixed", async () => {
  await assert.rejects(requested("p", { sandbox: false }, {}, { tools: "sandbox" }), {
    message: /^Cannot run with --no-sandbox: the session .* has a sandbox since its first run$/,
    exitCode: 2,
  });
  assert.equal((await requested("p", { sandbox: false }, {}, { tools: "none" })).request.sandbox, false);
});

const REFUSED: readonly [Partial<RunOptions>, string | undefined, RegExp][] = [
  [{}, undefined, /^Cannot run: there is no prompt$/],
  [{ resume: true }, undefined, /^Cannot resume: --session is not given$/],
  [{ resume: true, session: "s" }, "p", /^Cannot resume with a prompt$/],
  [{ resume: true, session: "s", approve: ["view"] }, undefined, /^Cannot resume with --approve$/],
  [{ resume: true, session: "s", sandbox: false }, undefined, /^Cannot resume with --no-sandbox$/],
  [{ resume: true, session: "s", profile: "ops" }, undefined, /^Cannot resume with --profile$/],
];

for (const [change, prompt, message] of REFUSED) {
  test(`checkOptions() refuses ${JSON.stringify(change)} ${prompt ?? ""}: nothing that is asked for is ignored`, () => {
    assert.throws(() => checkOptions({ ...OPTIONS, ...change }, prompt), { message, exitCode: 2 });
  });
}

test("checkOptions() takes a prompt, and a session to resume", () => {
  checkOptions(OPTIONS, "p");
  checkOptions({ ...OPTIONS, resume: true, session: "s", output: "json" }, undefined);
});
