import assert from "node:assert/strict";
import {
  addSchedule,
  changeSchedule,
  disableSchedule,
  enableSchedule,
  removeSchedule,
} from "../../src/config/schedule_edits.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const toml = (text: string) => TomlDocument.parse(text, "autopilot.toml");
const TWO = `# Ours
[server]

# Every night
[[schedules]]
name = "nightly" # do not rename
cron = "0 3 * * *"
prompt = "Look around"

[[schedules]]
name = "weekly"
cron = "broken"
`;

test("add writes what was given, and that it is enabled, behind the other schedules", () => {
  const added = addSchedule(toml(TWO), " hourly ", { cron: "0 * * * *", prompt: 'Say "hi"\nand go' });
  assert.equal(
    added.toString(),
    `${TWO}
[[schedules]]
name = "hourly"
cron = "0 * * * *"
prompt = "Say \\"hi\\"\\nand go"
enabled = true
`,
  );
});

test("add writes every flag under the key that the schema knows", () => {
  const added = addSchedule(toml(""), "all", {
    cron: "@daily",
    timezone: "Europe/Berlin",
    prompt: "p",
    profile: "ops",
    check: "~/check.sh",
    triggerOn: "any",
    timeout: "10m",
    checkTimeout: "5s",
    maxTurns: 9,
    pauseOnApproval: true,
    sandbox: false,
    notifyOn: "failures",
    notifyChannel: "slack",
    notifyTarget: "#ops",
    enabled: false,
  });
  assert.deepEqual({ ...added.at(["schedules", 0]) as object }, {
    name: "all",
    cron: "@daily",
    timezone: "Europe/Berlin",
    prompt: "p",
    profile: "ops",
    check: "~/check.sh",
    trigger_on: "any",
    timeout: "10m",
    check_timeout: "5s",
    max_turns: 9,
    pause_on_approval: true,
    sandbox: false,
    notify_on: "failures",
    notify_channel: "slack",
    notify_target: "#ops",
    enabled: false,
  });
  assert.equal(added.at(["notifications", "gateway_url"]), "http://127.0.0.1:4096");
});

test("add makes tables of the empty list that the Rust implementation writes", () => {
  const added = addSchedule(toml("schedules = []\n\n[server]\n"), "a", { cron: "@daily", prompt: "p" });
  assert.equal(
    added.toString(),
    '[server]\n\n[[schedules]]\nname = "a"\ncron = "@daily"\nprompt = "p"\nenabled = true\n',
  );
});

test("add refuses a name that is taken", () => {
  assert.throws(() => addSchedule(toml(TWO), "weekly", { cron: "@daily", prompt: "p" }), {
    message: 'Schedule "weekly" already exists',
    exitCode: 2,
  });
});

test("remove takes a schedule with its comment, right or wrong", () => {
  assert.equal(
    removeSchedule(toml(TWO), "weekly").toString(),
    TWO.slice(0, TWO.indexOf('\n[[schedules]]\nname = "weekly"')),
  );
  assert.equal(
    removeSchedule(toml(TWO), "nightly").toString(),
    '# Ours\n[server]\n\n[[schedules]]\nname = "weekly"\ncron = "broken"\n',
  );
});

test("disable and enable change one value", () => {
  const off = disableSchedule(toml(TWO), "nightly");
  assert.equal(
    off.toString(),
    TWO.replace('prompt = "Look around"\n', 'prompt = "Look around"\nenabled = false\n'),
  );
  assert.equal(
    enableSchedule(off, "nightly").toString(),
    off.toString().replace("enabled = false", "enabled = true"),
  );
});

test("edit changes only what it is told, in the place where it stands", () => {
  const changed = changeSchedule(toml(TWO), "nightly", { cron: "0 4 * * *", profile: "ops" });
  assert.equal(
    changed.toString(),
    TWO.replace("0 3 * * *", "0 4 * * *").replace('around"\n', 'around"\nprofile = "ops"\n'),
  );
});

test("edit replaces the old spelling of the same setting", () => {
  const old = '[[schedules]]\nname = "a"\nmax_steps = 5\nchannel = "#a"\nnotify_chat_id = "#b"\n';
  const changed = changeSchedule(toml(old), "a", { maxTurns: 6, notifyTarget: "#c" });
  assert.deepEqual({ ...changed.at(["schedules", 0]) as object }, {
    name: "a",
    max_turns: 6,
    notify_target: "#c",
  });
});

test("schedules in one list can be changed and removed too", () => {
  const list = "schedules = [{ name = 'a', cron = 'x' }, { name = 'b' }]\n";
  assert.equal(
    disableSchedule(toml(list), "a").toString(),
    "schedules = [{ name = 'a', cron = 'x', enabled = false }, { name = 'b' }]\n",
  );
  assert.equal(removeSchedule(toml(list), "a").toString(), "schedules = [{ name = 'b' }]\n");
});

test("an unknown name is refused with the names there are and the nearest one", () => {
  assert.throws(() => removeSchedule(toml(TWO), "nightlY"), {
    message:
      'Cannot find schedule "nightlY": autopilot.toml has no such schedule, it has "nightly", "weekly"',
    hint: 'did you mean "nightly"?',
    exitCode: 2,
  });
  assert.throws(() => disableSchedule(toml(""), "a"), {
    message: 'Cannot find schedule "a": autopilot.toml has no such schedule, it has none',
    hint: "stakpak autopilot schedule list",
  });
});

test("a name that two schedules have is refused with both places", () => {
  const twice = "[[schedules]]\nname = 'a'\n[[schedules]]\nname = 'a'\n";
  assert.throws(() => removeSchedule(toml(twice), "a"), {
    message:
      'Cannot edit schedule "a": two have this name (autopilot.toml:1:1 and autopilot.toml:3:1), must be unique',
  });
});
