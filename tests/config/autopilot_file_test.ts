import assert from "node:assert/strict";
import { loadAutopilot } from "../../src/config/autopilot_file.ts";
import { statePaths } from "../../src/config/paths.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { autopilot, lines } from "./loaded.ts";

const schedule = (name: string, more = "") =>
  `[[schedules]]\nname = "${name}"\ncron = "* * * * *"\nprompt = "p"\n${more}\n`;
const errors = (text: string) => lines(autopilot(text)).filter((line) => line.startsWith("error"));

test("loadAutopilot() reads ~/.stakpak/autopilot.toml", async () => {
  const host = fakeHost({
    files: { "/home/ada/.stakpak/autopilot.toml": '[server]\nlisten = "127.0.0.1:1"\n' },
  });
  const { file, value } = await loadAutopilot(host, statePaths(host));
  assert.deepEqual([file, value.server?.listen], ["~/.stakpak/autopilot.toml", "127.0.0.1:1"]);
});

test("autopilot.toml: one bad schedule or channel does not hide the others", () => {
  const loaded = autopilot(
    `${schedule("a", "max_turns = 0")}${schedule("b")}[channels.slack]\nopen = 3\n[channels.telegram]\n`,
  );
  assert.deepEqual(loaded.value.schedules?.map(({ name }) => name), ["b"]);
  assert.deepEqual(Object.keys(loaded.value.channels!), ["telegram"]);
  assert.deepEqual([...loaded.broken.keys()], ["schedules[0]", "channels.slack"]);
});

test("autopilot.toml: a name that stands there twice breaks the second", () => {
  const loaded = autopilot(schedule("a") + schedule("b") + schedule("a"));
  assert.deepEqual(errors(schedule("a") + schedule("b") + schedule("a")), [
    'error autopilot.toml:12:8 schedules[2].name is "a" like schedules[0], must be unique | give one of them another name',
  ]);
  assert.deepEqual(loaded.value.schedules?.map(({ name }) => name), ["a", "b"]);
});

test("autopilot.toml: max_turns and its old name are not both there", () => {
  assert.match(
    errors(schedule("a", "max_turns = 1\nmax_steps = 2"))[0]!,
    /schedules\[0\] has both max_turns and max_steps/,
  );
});

test("autopilot.toml: no_auth only on a loopback address", () => {
  const server = (listen: string) => `[server]\nno_auth = true\nlisten = "${listen}"\n`;
  for (const listen of ["127.0.0.1:1", "[::1]:1", "localhost:1"]) {
    assert.deepEqual(errors(server(listen)), []);
  }
  assert.deepEqual(errors("[server]\nno_auth = true\n"), []);
  assert.match(
    errors(server("0.0.0.0:1"))[0]!,
    /server\.no_auth is true while server\.listen is "0\.0\.0\.0:1"/,
  );
  assert.ok(autopilot(server("0.0.0.0:1")).broken.has("server"));
});

test("autopilot.toml: tools on the host only without channels", () => {
  assert.deepEqual(errors("[server]\nhost_tools = true\n"), []);
  assert.match(
    errors("[server]\nhost_tools = true\n[channels.slack]\n")[0]!,
    /server\.host_tools is true while channels are configured/,
  );
});

test("autopilot.toml: an allow-list that is asked for is not empty", () => {
  const gateway = (list: string) => `[gateway]\napproval_mode = "allowlist"\n${list}\n`;
  assert.deepEqual(errors(gateway('approval_allowlist = ["view"]')), []);
  for (const list of ["", "approval_allowlist = []"]) {
    assert.match(errors(gateway(list))[0]!, /approval_allowlist is empty/);
  }
});

test("autopilot.toml: a token given twice breaks its channel", () => {
  const text = '[channels.telegram]\ntoken = "t"\ntoken_env = "TELEGRAM_BOT_TOKEN"\n';
  assert.ok(autopilot(text).broken.has("channels.telegram"));
});

test("autopilot.toml: a server or notification token given twice is refused", () => {
  assert.ok(autopilot('[server]\ntoken = "t"\ntoken_env = "STAKPAK_T"\n').broken.has("server"));
  assert.ok(
    autopilot('[notifications]\ngateway_token = "t"\ngateway_token_file = "f"\n').broken.has("notifications"),
  );
});
