import assert from "node:assert/strict";
import { secretFilesOf } from "../../src/probes/secret_files.ts";
import { autopilot, config } from "../config/loaded.ts";
import { test } from "../sanitized.ts";

test("secretFilesOf() finds every *_file and [secrets] files, once", () => {
  const files = {
    config: config(
      '[profiles.a]\napi_key_file = "~/a"\n[profiles.a.providers.x]\ntype = "openai"\napi_key_file = "~/b"\n',
    ),
    autopilot: autopilot('[channels.telegram]\ntoken_file = "~/c"\n[secrets]\nfiles = ["~/a", "~/d"]\n'),
  };
  assert.deepEqual(secretFilesOf(files), ["~/a", "~/b", "~/c", "~/d"]);
});

test("secretFilesOf() has none where keys are written or in variables", () => {
  const files = { config: config('[profiles.a]\napi_key = "k"\nmodel = "file"\n'), autopilot: autopilot("") };
  assert.deepEqual(secretFilesOf(files), []);
});
