import assert from "node:assert/strict";
import { decider } from "../../src/cli/decider.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("decider() names where somebody decides, and who by name, or by number where there is none", () => {
  assert.equal(decider(fakeHost(), "terminal"), "terminal:ada");
  assert.equal(decider(fakeHost({ env: { USER: "" }, uid: 7 }), "cli"), "cli:uid 7");
});
