import assert from "node:assert/strict";
import { loadConfig } from "../../src/config/config_file.ts";
import { statePaths } from "../../src/config/paths.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { config, lines } from "./loaded.ts";

test("loadConfig() reads ~/.stakpak/config.toml, or what --config names", async () => {
  const host = fakeHost({
    files: { "/home/ada/.stakpak/config.toml": "[profiles.a]\n", "/etc/c.toml": "[profiles.b]\n" },
  });
  const own = await loadConfig(host, statePaths(host));
  assert.deepEqual([own.file, Object.keys(own.value.profiles!)], ["~/.stakpak/config.toml", ["a"]]);
  const other = await loadConfig(host, statePaths(host, "/etc/c.toml"));
  assert.deepEqual([other.file, Object.keys(other.value.profiles!)], ["/etc/c.toml", ["b"]]);
});

test("config.toml: one broken profile does not hide the others", () => {
  const loaded = config("[profiles.a]\nmax_turns = 0\n[profiles.b]\nmax_turns = 1\n");
  assert.deepEqual(Object.keys(loaded.value.profiles!), ["b"]);
  assert.deepEqual([...loaded.broken.keys()], ["profiles.a"]);
});

test("config.toml: removed keys are refused wherever they stood", () => {
  const text = `[profiles.a.openai]
use_responses_api = true
[profiles.b.providers.openai]
type = "openai"
[profiles.b.providers.openai.custom_headers]
x = "y"
`;
  const removed = lines(config(text)).filter((line) => line.startsWith("error"));
  assert.deepEqual(removed, [
    "error config.toml:2:21 profiles.a.openai.use_responses_api was removed, must not be set | remove the line",
    "error config.toml:5:1 profiles.b.providers.openai.custom_headers was removed, must not be set | remove the line",
  ]);
  assert.deepEqual([...config(text).broken.keys()], ["profiles.a", "profiles.b"]);
});

test("config.toml: tools that are typos or not available here warn", () => {
  const text =
    '[profiles.a]\nallowed_tools = ["view", "run_comand", "stakpak__search_docs", 3]\nauto_approve = ["zzzzzzzz"]\n';
  assert.deepEqual(lines(config(text)).filter((line) => line.startsWith("warning")), [
    'warning config.toml:2:26 profiles.a.allowed_tools[1]: there is no tool "run_comand", the name has no effect | did you mean "run_command"?',
    'warning config.toml:2:40 profiles.a.allowed_tools[2]: the tool "search_docs" is not available here, the name has no effect',
    'warning config.toml:3:17 profiles.a.auto_approve[0]: there is no tool "zzzzzzzz", the name has no effect | see docs/configuration.md for the tools',
  ]);
});

test("config.toml: a credential given twice is refused, also inside providers and auth", () => {
  const text = `[profiles.a]
api_key = "x"
api_key_env = "STAKPAK_K"
[profiles.b.providers.p]
type = "openai"
api_key_env = "STAKPAK_K"
api_key_file = "~/k"
[profiles.c.anthropic]
api_key = "x"
api_key_file = "~/k"
[profiles.d.providers.p]
type = "openai"
[profiles.d.providers.p.auth]
type = "api"
key = "x"
key_env = "STAKPAK_K"
`;
  const loaded = config(text);
  assert.deepEqual([...loaded.broken.keys()], ["profiles.a", "profiles.b", "profiles.c", "profiles.d"]);
});

test("config.toml: a credential given twice at the top is refused", () => {
  assert.ok(config('api_key = "x"\napi_key_env = "STAKPAK_K"\n').broken.size > 0);
});
