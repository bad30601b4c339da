import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "smol-toml";
import { entryLines, inlineTable, tomlKey, valueText } from "../../src/config/toml_value.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const value = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
  fc.string({ unit: fc.constantFrom("\n", "\r", '"', "\\", "'", "#", "]", "\x7f", "\t", "é", "😀") }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string({ unit: "grapheme" })),
);

test("valueText writes any value on one line that reads back as the same value", () => {
  fc.assert(
    fc.property(value, (written) => {
      const text = valueText(written);
      assert.doesNotMatch(text, /[\r\n]/);
      assert.deepEqual(parse(`key = ${text}\n`).key, written);
    }),
    { numRuns: runs(2_000), seed: SEED },
  );
});

test("tomlKey quotes the parts that need it, and any name reads back as the same key", () => {
  assert.equal(tomlKey(["channels", "slack", "bot_token"]), "channels.slack.bot_token");
  assert.equal(tomlKey(["a.b", ""]), '"a.b".""');
  const name = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(name, (key) => assert.deepEqual(Object.keys(parse(`${tomlKey([key])} = 1\n`)), [key])),
    { numRuns: runs(2_000), seed: SEED },
  );
});

test("valueText writes lists the way people do", () => {
  assert.equal(valueText(["view", "create"]), '["view", "create"]');
});

test("entries without a value are not written", () => {
  assert.deepEqual(entryLines({ name: "a", check: undefined, enabled: false }), [
    'name = "a"',
    "enabled = false",
  ]);
  assert.equal(inlineTable({ token: "t", profile: "ops" }), '{ token = "t", profile = "ops" }');
  assert.equal(inlineTable({ token: undefined }), "{}");
});
