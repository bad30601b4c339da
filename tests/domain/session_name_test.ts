import { equal, match } from "node:assert/strict";
import { SESSION_NAME, sessionName } from "../../src/domain/session_name.ts";
import { test } from "../sanitized.ts";

test("sessionName() can be read, and is the same for the same id alone", async () => {
  equal(await sessionName("run"), "run-acba25512100f80b");
  equal(await sessionName("slack:C042/1732.5"), await sessionName("slack:C042/1732.5"));
  const like = ["run", "Run", "run ", "r un", "run-acba25512100f80b", "", "-", "ü"];
  equal(new Set(await Promise.all(like.map(sessionName))).size, like.length);
});

test("sessionName() is a name whatever the id is", async () => {
  const ids = [
    "",
    "/",
    "..",
    "../../etc",
    "-x-",
    "x".repeat(10_000),
    "a b".repeat(50),
    "\0\n",
    "日本",
    "ABC_def.9",
  ];
  for (const id of ids) match(await sessionName(id), SESSION_NAME);
  match(await sessionName("../../etc/passwd"), /^etc-passwd-[0-9a-f]{16}$/);
});
