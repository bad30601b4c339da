import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { redactedResult } from "../../src/server/redacted_result.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";

function redactor(): Redactor {
  const one = new Redactor();
  one.add(SECRET);
  return one;
}

test("redactedResult() finds a secret that only shows once what nobody sees is dropped", () => {
  for (const unseen of ["\x00", "\x08", "\x1b", "\x7f", "\x9b", "\ufffd", "\ud800"]) {
    for (const text of [[...SECRET].join(unseen), SECRET.slice(0, 9) + unseen + SECRET.slice(9)]) {
      const result = redactedResult(`the key is ${text}`, redactor());
      assert.match(result, /^the key is \[REDACTED_SECRET:known:\w{6}\]$/, JSON.stringify(unseen));
    }
  }
});

test("redactedResult() finds a coloured secret, and keeps placeholders as they are", () => {
  const known = redactor();
  const placeholder = known.redact(SECRET);
  const coloured = redactedResult(`\x1b[1m${SECRET.slice(0, 9)}\x1b[0m${SECRET.slice(9)}`, known);
  assert.ok(coloured.includes(placeholder) && !coloured.includes(SECRET.slice(9)), coloured);
  assert.equal(redactedResult(`it is ${placeholder}`, known), `it is ${placeholder}`);
});

test("redactedResult() says that there is nothing where there is nothing", () => {
  assert.equal(redactedResult("\x00", redactor()), "<empty tool result>");
});
