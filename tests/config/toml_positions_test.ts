import assert from "node:assert/strict";
import type { KeyPath } from "../../src/config/problem.ts";
import { TomlPositions } from "../../src/config/toml_positions.ts";
import { test } from "../sanitized.ts";

const TEXT = `top = 1
[a]
b.c = "x" # comment
list = [ 1, { k = 2 } ]

[[s]]
"quoted key" = true
[[s]]
n = [
  1,
  2,
]
[p."my team"]
`;

function at(...path: KeyPath): string {
  const place = new TomlPositions(TEXT).of(path);
  return place ? `${place.line}:${place.column}` : "nowhere";
}

test("TomlPositions finds values of every shape", () => {
  assert.equal(at("top"), "1:7");
  assert.equal(at("a", "b", "c"), "3:7");
  assert.equal(at("a", "list", 1, "k"), "4:19");
  assert.equal(at("s", 0, "quoted key"), "7:16");
  assert.equal(at("s", 1, "n", 1), "11:3");
});

test("TomlPositions finds tables by their header, and elements of an array by theirs", () => {
  assert.equal(at("a"), "2:1");
  assert.equal(at("s", 0), "6:1");
  assert.equal(at("s", 1), "8:1");
  assert.equal(at("p", "my team"), "13:1");
});

test("TomlPositions falls back to what is around a key that is not written", () => {
  assert.equal(at("a", "missing", "deep"), "2:1");
  assert.equal(at("s", 1, "missing"), "8:1");
  assert.equal(at("nothing"), "nowhere");
});
