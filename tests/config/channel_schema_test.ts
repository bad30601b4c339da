import assert from "node:assert/strict";
import { CHANNEL_TYPES, channelsSchema } from "../../src/config/channel_schema.ts";
import { keysAt } from "../../src/config/explain.ts";
import { mayReadEnvironment } from "../../src/domain/environment.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

test("every channel of the schema is in the list, with tokens that the schema and the environment know", () => {
  assert.deepEqual(CHANNEL_TYPES.map(({ type }) => type).sort(), keysAt(channelsSchema, []).sort());
  for (const { type, tokens } of CHANNEL_TYPES) {
    for (const { key, variable } of tokens) {
      assert.ok(keysAt(channelsSchema, [type]).includes(key), `${type}.${key}`);
      assert.ok(mayReadEnvironment(variable), variable);
    }
  }
});

test("ids may be numbers", () => {
  const { value } = autopilot("[channels.telegram]\nallowed_chats = [-1001234567890]\n");
  assert.deepEqual(value.channels?.telegram?.allowed_chats, ["-1001234567890"]);
});

test("an unknown channel warns, and a broken one does not hide the others", () => {
  const loaded = autopilot('[channels.slak]\n[channels.telegram]\nopen = "yes"\n[channels.discord]\n');
  assert.match(
    loaded.problems.find(({ severity }) => severity === "warning")!.hint!,
    /did you mean "slack"\?/,
  );
  assert.deepEqual(Object.keys(loaded.value.channels!), ["discord"]);
});
