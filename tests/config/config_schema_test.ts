import assert from "node:assert/strict";
import { configSchema } from "../../src/config/config_schema.ts";
import { keysAt } from "../../src/config/explain.ts";
import { test } from "../sanitized.ts";
import { EVERY_CONFIG_KEY } from "./every_key.ts";
import { config } from "./loaded.ts";
import { SEED_CONFIG } from "./seed_examples.ts";

test("the guide's config.toml loads as printed, also with comments after values", () => {
  const commented = SEED_CONFIG.replaceAll(/ = .*$/gm, (line) => `${line}  # why "this"`);
  for (const text of [SEED_CONFIG, commented, SEED_CONFIG.replaceAll("\n", "\r\n")]) {
    const { value, broken, problems } = config(text);
    assert.equal(broken.size, 0);
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
    assert.deepEqual(Object.keys(value.profiles!), ["default", "monitoring", "ops"]);
    assert.equal(value.profiles!.default!.max_turns, 64);
    assert.equal(value.profiles!.default!.api_key?.from, "value");
  }
});

test("the only remarks about the guide's config.toml are tools that are not available here", () => {
  for (const { message } of config(SEED_CONFIG).problems) {
    assert.match(message, /"search_docs" is not available here/);
  }
});

test("every key of config.toml is taken, and none is unknown", () => {
  const { broken, problems } = config(EVERY_CONFIG_KEY);
  assert.equal(broken.size, 0);
  assert.deepEqual(problems.filter(({ deprecated }) => !deprecated), []);
});

test("the example of every key has every key", () => {
  const places = [[], ["profiles", "x"], ["profiles", "x", "rulebooks"], ["profiles", "x", "warden"], [
    "settings",
  ]];
  for (const place of places) {
    for (const key of keysAt(configSchema, place)) assert.ok(EVERY_CONFIG_KEY.includes(key), key);
  }
});

test("both tables may be absent, and custom providers need an address", () => {
  assert.deepEqual(config("").value, {});
  assert.match(
    config('[profiles.a.providers.x]\ntype = "custom"\n').problems[0]!.message,
    /providers\.x\.api_endpoint is missing/,
  );
  assert.match(
    config('[profiles.a.providers.x]\ntype = "amazon-bedrock"\n').problems[0]!.message,
    /providers\.x\.region is missing/,
  );
});
