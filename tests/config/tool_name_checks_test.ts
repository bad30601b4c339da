import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { autopilot, config, lines } from "./loaded.ts";

const profile = (names: string) => lines(config(`[profiles.default]\nallowed_tools = [${names}]\n`));

test("names of tools that exist, and patterns of them, are no concern", () => {
  assert.deepEqual(profile('"view", "stakpak__create", "run_*", "*", "*__*", "paks__*", "paks__search"'), []);
});

test("a name that no tool has is told, with the nearest one", () => {
  assert.deepEqual(profile('"vew", "search_docs", "other__view", "nothing_*"'), [
    'warning config.toml:2:18 profiles.default.allowed_tools[0]: there is no tool "vew", the name has no effect | ' +
    'did you mean "view"?',
    'warning config.toml:2:25 profiles.default.allowed_tools[1]: the tool "search_docs" is not available here, ' +
    "the name has no effect",
    "warning config.toml:2:40 profiles.default.allowed_tools[2]: there is no server with tools such as " +
    '"other__view", the name has no effect | ' +
    'tools of our own have a bare name, such as "view"; the one other server is paks',
    'warning config.toml:2:55 profiles.default.allowed_tools[3]: there is no tool "nothing_*", the name has no ' +
    "effect | see docs/configuration.md for the tools",
  ]);
});

test("what is no pattern breaks its profile: it might have been a rule that forbids", () => {
  const text = '[profiles.default]\n[profiles.ops]\nauto_approve = ["run_command::git"]\n';
  const loaded = config(text);
  assert.deepEqual(lines(loaded), [
    'error config.toml:3:17 profiles.ops.auto_approve[0] is "run_command::git", must name a tool as a whole: rules ' +
    "for single commands (run_command::git) are not available here",
  ]);
  assert.deepEqual([...loaded.broken.keys()], ["profiles.ops"]);
});

test("a channel's auto_approve is all, none or a list of tools", () => {
  const errors = (text: string) => lines(autopilot(text)).filter((line) => line.startsWith("error"));
  for (const right of ['"all"', '"none"', '["view", "run_*"]']) {
    assert.deepEqual(errors(`[channels.slack]\nauto_approve = ${right}\n`), []);
  }
  for (const wrong of ['"allow"', '"*"', '["a b"]', "true"]) {
    const [line] = errors(`[channels.slack]\nauto_approve = ${wrong}\n`);
    assert.match(line!, /^error autopilot\.toml:2:\d+ channels\.slack\.auto_approve/, wrong);
  }
  assert.match(
    errors('[gateway]\napproval_allowlist = ["a::b"]\n')[0]!,
    /^error .*must name a tool/,
  );
});
