import assert from "node:assert/strict";
import { readAutoApprove } from "../../src/domain/auto_approve.ts";
import { test } from "../sanitized.ts";

test("readAutoApprove() takes two words and lists, whose names become full", () => {
  assert.deepEqual(readAutoApprove("all"), { approve: "all" });
  assert.deepEqual(readAutoApprove(" None "), { approve: "none" });
  assert.deepEqual(readAutoApprove([]), { approve: [] });
  assert.deepEqual(readAutoApprove(["view", "stakpak__view", "paks__*"]), {
    approve: ["paks__*", "stakpak__view"],
  });
});

test("readAutoApprove() takes no other word for anything", () => {
  for (const word of ["", "*", "custom", "allow", "ask", "true", "all,none"]) {
    assert.deepEqual(readAutoApprove(word), {
      wrong: 'auto_approve must be "all", "none" or a list of tools',
    }, word);
  }
  assert.deepEqual(readAutoApprove(["view", "a b"]), {
    wrong: 'auto_approve[1] must be the name of a tool, such as "view" or "paks__*"',
  });
});
