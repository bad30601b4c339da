import { deepEqual, equal } from "node:assert/strict";
import { freshId } from "../../src/agent/call_ids.ts";
import { test } from "../sanitized.ts";

test("an id stays as it is, until it comes again", () => {
  const used = new Set(["b"]);
  deepEqual(["a", "a", "a", "b", "a_2"].map((id) => freshId(id, used)), ["a", "a_2", "a_3", "b_2", "a_2_2"]);
});

test("an empty id gets a name, a long one is cut to what ring 0 takes", () => {
  const used = new Set<string>();
  deepEqual(["", ""].map((id) => freshId(id, used)), ["call", "call_2"]);
  const long = "x".repeat(500);
  deepEqual([long, long].map((id) => freshId(id, used).length), [180, 182]);
  equal(used.size, 4);
});
