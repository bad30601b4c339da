import assert from "node:assert/strict";
import { GatewayRefused } from "../../src/models/gateway.ts";
import {
  any,
  fields,
  fit,
  list,
  only,
  plain,
  type Shape,
  tagged,
  textOr,
} from "../../src/models/request_shape.ts";
import { test } from "../sanitized.ts";

const BLOCKS = tagged("type", {
  text: fields({ type: plain, text: plain }),
  call: fields({ type: plain, input: any }),
});
const SHAPE = fields({ system: textOr(list(BLOCKS)), top: plain, part: only({ text: plain }) });

const refused = (value: unknown, message: RegExp, shape: Shape = SHAPE) =>
  assert.throws(
    () => fit(value as never, shape),
    (error: unknown) => error instanceof GatewayRefused && message.test(error.message),
  );

test("fit() leaves out fields that a shape does not name, at every depth", () => {
  const value = { top: 1, plugins: [1], system: [{ type: "text", text: "a", citations: [] }] };
  assert.deepEqual(fit(value, SHAPE), { top: 1, system: [{ type: "text", text: "a" }] });
});

test("fit() takes what is free as it is, with names that a shape would leave out", () => {
  const value = { system: [{ type: "call", input: { type: "x", url: "https://a.example", n: [null, 1] } }] };
  assert.deepEqual(fit(value, SHAPE), value);
});

test("fit() takes a text, or nothing, in place of a list of parts", () => {
  for (const system of ["a", null]) assert.deepEqual(fit({ system }, SHAPE), { system });
});

test("fit() refuses a kind that a shape does not name, and says where and which there are", () => {
  refused(
    { system: [{ type: "text", text: "a" }, { type: "web_search" }] },
    /the body\.system\[1\]\.type is "web_search", must be text, call$/,
  );
  refused({ system: [{ text: "a" }] }, /the body\.system\[0\]\.type is missing/);
  for (const type of ["constructor", "__proto__", "toString"]) {
    refused({ system: [{ type }] }, /must be text, call/);
  }
});

test("fit() takes an object without a tag where a shape says what it is then", () => {
  const shape = tagged("type", { a: fields({ type: plain }) }, fields({ name: plain }));
  assert.deepEqual(fit({ name: "n", url: "u" }, shape), { name: "n" });
});

test("fit() refuses another field in an object that may have no other", () => {
  refused(
    { part: { text: "a", fileData: { fileUri: "https://a.example" } } },
    /the body\.part has "fileData", must not/,
  );
});

test("fit() refuses what has another form than it must have", () => {
  refused([], /the body must be an object/);
  refused(null, /the body must be an object/);
  refused("a", /the body must be an object/);
  refused({ top: {} }, /the body\.top is a list or a table/);
  refused({ system: 1 }, /the body\.system must be a list/);
  refused({ system: [[]] }, /the body\.system\[0\] must be an object/);
});

test("fit() repeats nothing of a worker's that may be a secret", () => {
  const secret = "sk-ant-api03-Zq8vYtR2xW5kLmN7pQ9sT1uV3wX5yZ7aB9cD1eF3gH5jK7mN9pQ";
  assert.throws(
    () => fit({ system: [{ type: secret }] }, SHAPE),
    (error: Error) => !error.message.includes("Zq8v"),
  );
  assert.throws(
    () => fit({ part: { [secret]: 1 } }, SHAPE),
    (error: Error) => !error.message.includes("Zq8v"),
  );
});
