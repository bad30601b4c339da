import assert from "node:assert/strict";
import { UserError } from "../../../src/domain/error.ts";
import { google } from "../../../src/models/providers/google.ts";
import { test } from "../../sanitized.ts";

const url = (model: string, address = google.address!) => google.place(new URL(address), model).url;

test("google is asked for a stream of the model, below the address", () => {
  const wanted =
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse";
  assert.equal(url("gemini-2.5-pro"), wanted);
  assert.equal(url("models/gemini-2.5-pro"), wanted);
  assert.equal(url("gemini-2.5-pro", "https://generativelanguage.googleapis.com"), wanted);
  assert.equal(
    url("tunedModels/ours-1", "http://127.0.0.1:1/v1?region=eu"),
    "http://127.0.0.1:1/v1/tunedModels/ours-1:streamGenerateContent?region=eu&alt=sse",
  );
});

test("google takes its key in a header, never in the address", () => {
  assert.deepEqual(google.headers("k", false), { "x-goog-api-key": "k" });
  assert.ok(!url("gemini-2.5-pro").includes("key"));
});

for (
  const model of ["../x", "a/../b", "models/..", "x?key=1", "x#y", "a:embedContent", "a/b/c", "a%2e", ".."]
) {
  test(`google refuses the model ${model}, which would lead to another address`, () => {
    assert.throws(() => url(model), UserError);
  });
}
