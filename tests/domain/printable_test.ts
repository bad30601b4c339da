import assert from "node:assert/strict";
import {
  describe,
  looksSecret,
  mayShow,
  quoted,
  quotedName,
  quotedPath,
  shownName,
  shownPath,
} from "../../src/domain/printable.ts";
import { CREDENTIALS } from "../fakes/credentials.ts";
import { test } from "../sanitized.ts";

test("looksSecret() knows the common formats", () => {
  for (const credential of CREDENTIALS) assert.equal(looksSecret(credential), true, credential);
});

test("nothing repeats a credential, whole or as part of a longer text", () => {
  for (const credential of CREDENTIALS) {
    for (
      const text of [
        credential,
        `key ${credential}`,
        `/etc/${credential}/x`,
        `~/${credential}`,
        `team-${credential}`,
      ]
    ) {
      for (const show of [quoted, quotedName, quotedPath, shownName, shownPath, describe]) {
        assert.ok(!show(text).includes(credential), `${show.name} ${text}`);
      }
    }
  }
});

test("quoted() repeats short plain words and gives the length of anything else", () => {
  assert.equal(quoted("failure"), '"failure"');
  assert.equal(quoted("*/5 * * * *"), '"*/5 * * * *"');
  assert.equal(quoted("two\nlines"), "a text of 9 characters (not shown)");
  assert.equal(quoted("\u001b[31m"), "a text of 5 characters (not shown)");
  assert.equal(quoted("word ".repeat(13)), "a text of 65 characters (not shown)");
  assert.equal(mayShow("failure"), true);
});

test("quotedName() repeats long names that are made of words", () => {
  assert.equal(quotedName("production-readonly-eu-west-1"), '"production-readonly-eu-west-1"');
  assert.equal(quotedName("delivery_context_ttl_hours"), '"delivery_context_ttl_hours"');
  assert.equal(quotedName("task-production"), '"task-production"');
  assert.equal(quotedName("myDevTeamName"), "a name of 13 characters (not shown)");
  assert.equal(quotedName("a".repeat(20)), "a name of 20 characters (not shown)");
  assert.equal(quotedName("x\n"), "a name of 2 characters (not shown)");
});

test("quotedPath() repeats paths, judged folder by folder", () => {
  for (const path of ["/home/ada/.stakpak/checks/endpoints.sh", "~/.stakpak/checks/a b.sh", "./x", "../x"]) {
    assert.equal(quotedPath(path), `"${path}"`);
  }
  assert.equal(quotedPath("plain"), '"plain"');
  assert.equal(quotedPath("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "a text of 40 characters (not shown)");
  assert.equal(quotedPath(`/${"a/".repeat(100)}`), "a text of 201 characters (not shown)");
});

test("shownName() and shownPath() are bare", () => {
  assert.deepEqual([shownName("ops"), shownName("a".repeat(20))], ["ops", "(not shown)"]);
  assert.deepEqual([shownPath("~/a"), shownPath("/a\n")], ["~/a", "(not shown)"]);
});

test("describe() names any value of a file", () => {
  const cases: [unknown, string][] = [
    [undefined, "missing"],
    [null, "null"],
    ["x", '"x"'],
    [0, "0"],
    [true, "true"],
    [10n, "a very large number"],
    [[], "an empty list"],
    [[1, 2], "a list of 2"],
    [new Date(), "a date"],
    [{}, "a table"],
  ];
  for (const [value, expected] of cases) assert.equal(describe(value), expected);
});
