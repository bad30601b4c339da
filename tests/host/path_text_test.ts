import assert from "node:assert/strict";
import { directoryOf } from "../../src/host/path_text.ts";
import { test } from "../sanitized.ts";

test("directoryOf() is the folder part", () => {
  assert.deepEqual(["/a/b", "/a", "b", "C:\\x\\y"].map(directoryOf), ["/a", "/", ".", "C:\\x"]);
});
