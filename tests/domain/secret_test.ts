import assert from "node:assert/strict";
import { inspect } from "node:util";
import { Secret } from "../../src/domain/secret.ts";
import { test } from "../sanitized.ts";

test("a Secret says its value only to reveal()", () => {
  const secret = new Secret("hunter2-hunter2");
  assert.equal(secret.reveal(), "hunter2-hunter2");
  const texts = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }),
    Deno.inspect({ secret }),
    Deno.inspect(secret, { showHidden: true, depth: 9 }),
    JSON.stringify(Object.entries(secret)),
    String(structuredCloneOrNothing(secret)),
  ];
  for (const text of texts) assert.ok(!text.includes("hunter2"), text);
});

function structuredCloneOrNothing(value: unknown): unknown {
  return JSON.stringify(structuredClone(value));
}
