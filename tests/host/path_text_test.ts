import assert from "node:assert/strict";
import { directoryOf, isInside } from "../../src/host/path_text.ts";
import { test } from "../sanitized.ts";

test("directoryOf() is the folder part", () => {
  assert.deepEqual(["/a/b", "/a", "b", "C:\\x\\y"].map(directoryOf), ["/a", "/", ".", "C:\\x"]);
});

test("isInside() is true for a folder itself and what lies under it, not for a longer name", () => {
  assert.deepEqual(["/a", "/a/b", "/ab", "/"].map((path) => isInside(path, "/a")), [
    true,
    true,
    false,
    false,
  ]);
  assert.equal(isInside("/a", "/"), true);
});
