import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkPattern,
  fullPattern,
  isOwnTool,
  matchesTool,
  meansServer,
  shownTool,
} from "../../src/domain/tool_pattern.ts";
import { test } from "../sanitized.ts";

test("a bare name means a tool of our own server, and nothing is cut from one in full", () => {
  const cases: [written: string, full: string][] = [
    ["view", "stakpak__view"],
    [" view ", "stakpak__view"],
    ["stakpak__view", "stakpak__view"],
    ["paks__search", "paks__search"],
    ["a__b__c", "a__b__c"],
    ["__tool", "stakpak____tool"],
    ["bad__", "stakpak__bad__"],
    ["constructor", "stakpak__constructor"],
    ["*", "stakpak__*"],
    ["*__*", "*__*"],
  ];
  for (const [written, full] of cases) assert.equal(fullPattern(written), full, written);
});

test("a pattern means the tools that people would say it means", () => {
  const cases: [pattern: string, tool: string, matches: boolean][] = [
    ["view", "stakpak__view", true],
    ["view", "other__view", false],
    ["view", "view", false],
    ["other__view", "other__view", true],
    ["other__view", "stakpak__view", false],
    ["*", "stakpak__run_command", true],
    ["*", "paks__search", false],
    ["stakpak__*", "stakpak__a__b", true],
    ["*__*", "paks__search", true],
    ["*__*", "stakpak__view", true],
    ["run_*", "stakpak__run_command_task", true],
    ["run_*", "stakpak__rerun_it", false],
    ["*_task", "stakpak__run_command_task", true],
    ["*_task", "stakpak__get_all_tasks", false],
    ["*task*", "stakpak__get_all_tasks", true],
    ["a*a", "stakpak__a", false],
    ["a__b__c", "a__b__c", true],
    ["b__c", "a__b__c", false],
    ["a*__view", "a__b__view", false],
    ["__tool", "stakpak____tool", true],
    ["__tool", "__tool", false],
    ["bad__", "stakpak__bad__", true],
    ["bad__", "bad__x", false],
    ["constructor", "stakpak__constructor", true],
    ["stakpak_*", "stakpak__view", false],
    ["VIEW", "stakpak__view", false],
  ];
  for (const [pattern, tool, matches] of cases) {
    assert.equal(matchesTool(pattern, tool), matches, `${pattern} ${tool}`);
  }
});

const NAME = fc.string({ unit: fc.constantFrom("a", "b", "_", "*", "."), minLength: 1, maxLength: 12 });

test("a pattern means the same after it was written in full, and a name means itself", () => {
  fc.assert(fc.property(NAME, NAME, (pattern, name) => {
    const full = fullPattern(pattern);
    assert.equal(fullPattern(full), full);
    assert.equal(matchesTool(pattern, name), matchesTool(full, name));
    assert.equal(fullPattern(shownTool(full)), full);
    assert.ok(matchesTool(full, full));
  }));
});

test("no bare pattern ever means a tool of another server", () => {
  fc.assert(fc.property(NAME, NAME, (pattern, tool) => {
    if (!isOwnTool(fullPattern(pattern))) return;
    assert.equal(matchesTool(pattern, `other__${tool}`), false);
  }));
});

test("stars take time that grows with the length alone", () => {
  assert.equal(matchesTool(`${"a*".repeat(90)}b`, `stakpak__${"a".repeat(100_000)}`), false);
});

test("shownTool() is bare for our own, and keeps what tells a name apart", () => {
  assert.deepEqual(
    ["stakpak__view", "paks__search", "stakpak__a__b", "view", "stakpak__"].map(shownTool),
    ["view", "paks__search", "stakpak__a__b", "view", "stakpak__"],
  );
});

test("checkPattern() says what is no name of a tool", () => {
  for (const right of ["view", " view ", "stakpak__*", "*__*", "a.b-c", "mcp/tool"]) {
    assert.equal(checkPattern(right), undefined, right);
  }
  assert.match(checkPattern("run_command::git")!, /^must name a tool as a whole: rules for single commands/);
  for (const wrong of ["run command", "view=deny", "re:^a", "a?", "!view", "[ab]", "a".repeat(201)]) {
    assert.match(checkPattern(wrong)!, /^must be the name of a tool/, wrong);
  }
  assert.equal(checkPattern("  "), "must not be blank");
});

test("meansServer() is for patterns whose tools are not known", () => {
  assert.deepEqual(
    ["paks__x", "p*__x", "*__*", "paks", "other__x"].map((pattern) => meansServer(pattern, "paks")),
    [true, true, true, false, false],
  );
});
