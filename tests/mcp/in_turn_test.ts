import assert from "node:assert/strict";
import { inTurn } from "../../src/mcp/in_turn.ts";
import { test } from "../sanitized.ts";

test("inTurn() does work of the same key one after the other, also after a failure", async () => {
  const done: string[] = [];
  const work = (name: string, fails = false) => async () => {
    done.push(`${name} begins`);
    await Promise.resolve();
    done.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const first = inTurn("key", work("one", true));
  const second = inTurn("key", work("two"));
  await assert.rejects(first, { message: "one" });
  assert.equal(await second, "two");
  assert.deepEqual(done, ["one begins", "one ends", "two begins", "two ends"]);
});

test("inTurn() lets other keys go ahead", async () => {
  const gate = Promise.withResolvers<void>();
  const held = inTurn("a", () => gate.promise);
  assert.equal(await inTurn("b", () => Promise.resolve(1)), 1);
  gate.resolve();
  await held;
});
