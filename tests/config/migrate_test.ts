import assert from "node:assert/strict";
import { AUTOPILOT_KIND } from "../../src/config/autopilot_file.ts";
import { CONFIG_KIND } from "../../src/config/config_file.ts";
import { parseFile } from "../../src/config/load.ts";
import { planMigration } from "../../src/config/migrate.ts";
import { resolveProfile } from "../../src/config/resolve_profile.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { knownTool, TOOL_NAMES } from "../../src/domain/tool_names.ts";
import { test } from "../sanitized.ts";

const CONFIG = "# Ours\n[profiles.all]\nmax_turns = 8\n\n[settings]\n";
const SLACK = `[channels.slack]
bot_token = "xoxb-1" # rotated in May
app_token = "xapp-1"
model = "anthropic/claude-haiku-4-5" # cheap
auto_approve = ["view"]
allowed_users = ["U1"]
`;

function plan(config: string, autopilot: string) {
  return planMigration(
    TomlDocument.parse(config, "config.toml"),
    TomlDocument.parse(autopilot, "autopilot.toml"),
  );
}

test("inline values of a channel move into a new profile, and nothing else changes", () => {
  const { config, autopilot, steps } = plan(CONFIG, SLACK);
  assert.equal(
    config.toString(),
    CONFIG.replace(
      "\n[settings]",
      '\n[profiles.slack]\nmodel = "anthropic/claude-haiku-4-5"\nauto_approve = ["view"]\n\n[settings]',
    ),
  );
  assert.equal(
    autopilot.toString(),
    SLACK.replace(/model = .*\nauto_approve = .*\n/, "") + 'profile = "slack"\n',
  );
  assert.deepEqual(steps, ['channels.slack: move model and auto_approve to the new profile "slack"']);
});

test("both files load without a deprecated key after the migration", () => {
  const { config, autopilot } = plan(CONFIG, SLACK);
  assert.deepEqual(parseFile(autopilot.toString(), "autopilot.toml", AUTOPILOT_KIND).problems, []);
  const { overrides } = resolveProfile(parseFile(config.toString(), "config.toml", CONFIG_KIND), "slack");
  assert.deepEqual(overrides, {
    model: "anthropic/claude-haiku-4-5",
    autoApprove: ["stakpak__view"],
    maxTurns: 8,
  });
});

test("a second migration finds nothing to do", () => {
  const first = plan(CONFIG, SLACK);
  const second = planMigration(first.config, first.autopilot);
  assert.deepEqual(second.steps, []);
  assert.equal(second.config, first.config);
  assert.equal(second.autopilot, first.autopilot);
});

test("a profile name that is taken gets a number", () => {
  const { config, autopilot } = plan("[profiles.slack]\n[profiles.slack-2]\n", SLACK);
  assert.equal(autopilot.at(["channels", "slack", "profile"]), "slack-3");
  assert.equal(config.at(["profiles", "slack-3", "model"]), "anthropic/claude-haiku-4-5");
});

test("inline values beside a profile are only removed", () => {
  const { config, autopilot, steps } = plan(CONFIG, `${SLACK}profile = "ops"\n`);
  assert.equal(config.toString(), CONFIG);
  assert.equal(
    autopilot.toString(),
    `${SLACK.replace(/model = .*\nauto_approve = .*\n/, "")}profile = "ops"\n`,
  );
  assert.deepEqual(steps, ['channels.slack: remove model and auto_approve, ignored beside profile = "ops"']);
});

test('auto_approve = "none" becomes the empty list', () => {
  const { config, steps } = plan("", '[channels.telegram]\nauto_approve = "none"\n');
  assert.equal(config.toString(), "[profiles.telegram]\nauto_approve = []\n");
  assert.deepEqual(steps, [
    'channels.telegram: move auto_approve to the new profile "telegram"',
    'profiles.telegram: auto_approve = "none" is written as the empty list',
  ]);
});

test('auto_approve = "all" becomes the list of every tool, and the step says so', () => {
  const { config, steps } = plan("", '[channels.telegram]\nauto_approve = "all"\n');
  const tools = config.at(["profiles", "telegram", "auto_approve"]) as string[];
  assert.equal(tools.length, TOOL_NAMES.filter(({ available }) => available).length);
  assert.ok(tools.every((tool) => knownTool(tool)?.available));
  assert.match(steps[1]!, /"all" is written as the list of every tool/);
});

test("the plan says what the channel no longer gets from the default profile", () => {
  const config = '[profiles.default]\napi_key = "sk-secret"\nmodel = "m"\nsystem_prompt = "p"\n';
  const { steps } = plan(config, SLACK);
  assert.equal(
    steps[1],
    "profiles.slack: it inherits from profiles.all, not from profiles.default; " +
      "copy what it should keep of api_key, system_prompt",
  );
});

test("channels written on one line migrate too", () => {
  const { autopilot } = plan(
    "",
    "channels = { slack = { bot_token = 'x', model = 'm' }, discord = { token = 'y' } }\n",
  );
  assert.equal(
    autopilot.toString(),
    "channels = { slack = { bot_token = 'x', profile = \"slack\" }, discord = { token = 'y' } }\n",
  );
});

test("a value that no profile can hold is refused with its place and without its words", () => {
  assert.throws(() => plan("", '[channels.slack]\nmodel = ""\n'), {
    message:
      'Cannot migrate channels.slack.model (autopilot.toml:2:9): it is "", must be a text such as "anthropic/claude-sonnet-4-5"',
  });
  assert.throws(() => plan("", '[channels.slack]\nauto_approve = "xoxb-123456789012-secret"\n'), (error) => {
    assert.match(String(error), /it is a text of 24 characters \(not shown\), must be a list of tools/);
    return true;
  });
});
