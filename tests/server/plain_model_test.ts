import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { requirePlainModel } from "../../src/server/plain_model.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";

test("requirePlainModel() refuses a name that holds a secret of this machine, without repeating it", () => {
  const redactor = new Redactor();
  redactor.add(SECRET);
  for (const model of [SECRET, `litellm/${SECRET}`]) {
    assert.throws(() => requirePlainModel(model, redactor), (error) => {
      const { status, code, message, hint } = error as {
        status: number;
        code: string;
        message: string;
        hint: string;
      };
      assert.deepEqual([status, code], [400, "invalid_model"]);
      return !`${message}${hint}`.includes(SECRET);
    });
  }
});

test("requirePlainModel() takes other names, however much they look like keys", () => {
  const redactor = new Redactor();
  redactor.add(SECRET);
  const names = [undefined, "claude-opus-4-6", "openai/ft:gpt-5.4:acme::AKIAIOSFODNN7EXAMPLQ"];
  for (const model of names) requirePlainModel(model, redactor);
});
