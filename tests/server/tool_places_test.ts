import assert from "node:assert/strict";
import { loadAutopilot } from "../../src/config/autopilot_file.ts";
import { resolveProfile } from "../../src/config/resolve_profile.ts";
import { UserError } from "../../src/domain/error.ts";
import { isAllowed } from "../../src/domain/tool_policy.ts";
import { toolPlaces } from "../../src/server/tool_places.ts";
import { config } from "../config/loaded.ts";
import { inProcessBoxes } from "../runs_world/in_process_boxes.ts";
import { test } from "../sanitized.ts";
import { hostStage } from "./host_stage.ts";
import { paksServer } from "./paks_server.ts";

const signal = new AbortController().signal;
const KEY = "stkpk_api_0123456789abcdef";
const profileOf = (text: string) => resolveProfile(config(`[profiles.default]\n${text}`), "default");

async function stage(autopilot = "") {
  const machine = await hostStage({ "autopilot.toml": autopilot });
  await machine.host.makeFolder(machine.paths.workspace);
  const boxes = inProcessBoxes(machine.paths.workspace);
  const asked = { boxes: 0 };
  const places = toolPlaces({
    host: machine.host,
    paths: machine.paths,
    version: "0",
    loadAutopilot: () => loadAutopilot(machine.host, machine.paths),
    boxes: () => (asked.boxes++, Promise.resolve(boxes)),
    redact: (text) => text,
    log() {},
  });
  return {
    ...machine,
    places,
    asked,
    async [Symbol.asyncDispose]() {
      await boxes[Symbol.asyncDispose]();
      await machine[Symbol.asyncDispose]();
    },
  };
}

test("a session's tools are where it says: in a box, on this machine, nowhere", async () => {
  await using staged = await stage("[server]\nhost_tools = true\n");
  for (const place of ["sandbox", "host", "none"] as const) {
    await using tools = await staged.places.open("a", place, profileOf(""), signal);
    assert.equal(tools.place, place);
  }
  assert.equal(staged.asked.boxes, 0);
});

test("a profile that allows no tool has none, wherever they would be, and nothing is started for it", async () => {
  await using staged = await stage("[server]\nhost_tools = true\n");
  for (const place of ["sandbox", "host"] as const) {
    await using tools = await staged.places.open("a", place, profileOf("allowed_tools = []"), signal);
    assert.deepEqual([await tools.list(signal), await tools.workspace(signal)], [[], []]);
    assert.deepEqual(tools.notes(), ['There are no tools: allowed_tools of the profile "default" is empty']);
  }
  assert.equal(staged.asked.boxes, 0);
});

test("tools on this machine are those of a process of their own, in the workspace", async () => {
  await using staged = await stage("[server]\nhost_tools = true\n");
  await using tools = await staged.places.open("a", "host", profileOf(""), signal);
  const call = { id: "1", name: "stakpak__run_command", input: { command: "pwd" } };
  const { text } = await tools.call(call, { signal });
  assert.ok(text.startsWith(`${staged.paths.workspace}/a-`), text);
  assert.ok((await tools.workspace(signal)).some(({ name }) => name === "system details"));
});

test("tools on this machine are refused where that is not configured, or not any more, or beside a channel", async () => {
  const cases: [string, RegExp][] = [
    ["", /host_tools is not true/],
    ["[server]\nhost_tools = false\n", /host_tools is not true/],
    ["[server]\nhost_tools = true\n[channels.slack]\n", /host_tools is true while channels are configured/],
    ["nonsense", /host_tools is not true/],
  ];
  for (const [autopilot, reason] of cases) {
    await using staged = await stage(autopilot);
    await assert.rejects(staged.places.open("a", "host", profileOf(""), signal), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, reason);
      return true;
    });
  }
});

test("a configured workspace that is not there is told, and not made", async () => {
  await using staged = await stage('[server]\nhost_tools = true\n[sandbox]\nworkspace = "~/gone"\n');
  await using tools = await staged.places.open("a", "host", profileOf(""), signal);
  const call = { id: "1", name: "stakpak__view", input: { path: "." } };
  await assert.rejects(tools.call(call, { signal }), /their workspace .*gone.* is not there/);
  await assert.rejects(Deno.stat(`${staged.home}/gone`), Deno.errors.NotFound);
});

test("paks is asked for an account whose profile names tools of it, and for no other", async () => {
  await using server = await paksServer([{ name: "search", inputSchema: { type: "object" } }]);
  await using staged = await stage();
  const account = `api_key = "${KEY}"\napi_endpoint = "${server.endpoint}"\n`;
  const listed = async (text: string) => {
    const profile = profileOf(text);
    await using tools = await staged.places.open("a", "sandbox", profile, signal);
    const names = (await tools.list(signal)).map(({ name }) => name).filter((name) =>
      !name.startsWith("stakpak__")
    );
    const policy = { allowed: profile.allowedTools, approve: undefined };
    return { names: names.filter((name) => isAllowed(policy, name)), notes: tools.notes() };
  };
  assert.deepEqual(await listed(account), { names: [], notes: [] });
  assert.deepEqual(await listed(`${account}allowed_tools = ["view", "*"]\n`), { names: [], notes: [] });
  assert.deepEqual(server.paths, []);
  assert.deepEqual(await listed(`${account}allowed_tools = ["view", "paks__*"]\n`), {
    names: ["paks__search"],
    notes: [],
  });
  assert.deepEqual(new Set(server.authorizations), new Set([`Bearer ${KEY}`]));
});

test("paks without an account, or at an address that will not do, is a note", async () => {
  await using staged = await stage();
  const notes = async (text: string) => {
    await using tools = await staged.places.open(
      "a",
      "sandbox",
      profileOf(`allowed_tools = ["paks__*"]\n${text}`),
      signal,
    );
    await tools.list(signal);
    return tools.notes().join();
  };
  assert.equal(await notes(""), "The tools of paks are left out: no Stakpak account is configured");
  assert.match(
    await notes(`api_key = "${KEY}"\napi_endpoint = "http://api.example"\n`),
    /left out: its address is http, must be https/,
  );
  assert.match(await notes('api_key_file = "/gone"\n'), /no Stakpak account is configured/);
});
