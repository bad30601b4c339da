import { deepEqual, equal, throws } from "node:assert/strict";
import { sessionIn, sessionMeta } from "../../src/mcp/call_session.ts";
import { test } from "../sanitized.ts";

test("a session is read as it was said, beside what else there is", () => {
  const session = { name: "deploy-0a", folder: true };
  deepEqual(sessionIn({ progressToken: 1, ...sessionMeta(session) }), session);
  equal(sessionIn({ progressToken: 1 }), undefined);
  equal(sessionIn(undefined), undefined);
});

test("what is no session, or no name of a folder, is refused", () => {
  const names = ["", ".", "..", "a/b", "-a", "A", "a_b", "a".repeat(65), "a\n", 1, undefined];
  for (const name of names) {
    throws(() => sessionIn({ "stakpak/session": { name, folder: true } }), /must be \{"name"/);
  }
  for (const said of ["a", null, {}, { name: "a" }, { name: "a", folder: true, more: 1 }]) {
    throws(() => sessionIn({ "stakpak/session": said }), { code: -32602 });
  }
});
