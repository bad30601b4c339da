import assert from "node:assert/strict";
import { approving } from "../../src/cli/approving.ts";
import { test } from "../sanitized.ts";
import { fakeCli } from "./fake_cli.ts";

const HOME = "/home/ada/.stakpak";

function approved(profile: string, names: readonly string[], autopilot = "") {
  const files = {
    [`${HOME}/config.toml`]: `[profiles.default]\n${profile}\n`,
    [`${HOME}/autopilot.toml`]: autopilot,
  };
  return approving(fakeCli({ files }), names);
}

test("approving() adds to what the profile approves", async () => {
  const list = await approved('auto_approve = ["view"]', ["run_command", "create"]);
  assert.deepEqual(list?.map((name) => name.replace("stakpak__", "")), ["view", "run_command", "create"]);
});

test("approving() adds to the tools that only look, where the profile says nothing", async () => {
  const list = await approved("", ["run_command"]);
  assert.ok(list?.includes("view"));
  assert.ok(list?.includes("run_command"));
  assert.ok(!list?.includes("create"));
});

test("approving() changes nothing where all is approved anyway", async () => {
  assert.equal(await approved("", ["run_command"], "[server]\nauto_approve_all = true\n"), undefined);
});

const REFUSED: readonly [string, RegExp][] = [
  ["run_comand", /^Cannot use --approve "run_comand": there is no such tool$/],
  ["search_docs", /there is no such tool$/],
  ["run_command::git", /must name a tool as a whole/],
  ["", /must not be blank/],
  ["create", /allowed_tools of the profile "default" lacks it$/],
];

for (const [name, message] of REFUSED) {
  test(`approving() refuses ${JSON.stringify(name)}: nothing that is asked for is ignored`, async () => {
    await assert.rejects(approved('allowed_tools = ["view", "run_command"]', [name]), {
      name: "UserError",
      message,
      exitCode: 2,
    });
  });
}

test("approving() takes a pattern, and tools of another server", async () => {
  const list = await approved('allowed_tools = ["view", "run_command"]', ["run_*", "paks__*"]);
  assert.deepEqual(list?.slice(-2), ["run_*", "paks__*"]);
});

test("approving() rejects a profile that does not resolve", async () => {
  await assert.rejects(approving(fakeCli({}, "nobody"), ["view"]), { name: "UserError", exitCode: 2 });
});
