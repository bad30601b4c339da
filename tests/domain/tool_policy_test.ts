import assert from "node:assert/strict";
import { allowingRule, isAllowed, judge, type ToolPolicy } from "../../src/domain/tool_policy.ts";
import { test } from "../sanitized.ts";

const TOOLS = [
  "stakpak__view",
  "stakpak__run_command",
  "stakpak__create",
  "stakpak__constructor",
  "stakpak____tool",
  "stakpak__bad__",
  "stakpak__search_docs",
  "paks__search",
  "other__view",
  "a__b__c",
];
const UNSET: ToolPolicy = { allowed: undefined, approve: undefined };

test("judge() decides by the full name: deny before ask before approve", () => {
  const cases: [Partial<ToolPolicy>, tool: string, verdict: string, rule: string | RegExp][] = [
    [{}, "stakpak__view", "approve", 'auto_approve is not set, and "view" only looks'],
    [{}, "stakpak__run_command", "ask", 'auto_approve is not set, and "run_command" may change something'],
    [{}, "stakpak__constructor", "ask", /may change/],
    [{}, "stakpak__search_docs", "ask", /may change/],
    [{}, "view", "deny", "there is no such tool"],
    [{}, "constructor", "deny", "there is no such tool"],
    [{}, "__tool", "deny", "there is no such tool"],
    [{}, "", "deny", "there is no such tool"],
    [{}, "paks__search", "deny", 'allowed_tools lacks "paks__search"'],
    [{}, "other__view", "deny", 'allowed_tools lacks "other__view"'],
    [{ approve: "all" }, "paks__search", "deny", /allowed_tools/],
    [{ approve: "all" }, "stakpak__run_command", "approve", 'auto_approve is "all"'],
    [{ approve: "none" }, "stakpak__view", "ask", 'auto_approve is "none"'],
    [{ approve: [] }, "stakpak__view", "ask", 'auto_approve lacks "view"'],
    [{ approve: ["view"] }, "stakpak__view", "approve", 'auto_approve has "view"'],
    [{ approve: ["stakpak__view"] }, "stakpak__view", "approve", 'auto_approve has "view"'],
    [{ approve: ["run_*"] }, "stakpak__run_command", "approve", 'auto_approve has "run_*"'],
    [{ approve: ["view"] }, "stakpak__run_command", "ask", 'auto_approve lacks "run_command"'],
    [{ approve: ["constructor"] }, "stakpak__constructor", "approve", /"constructor"/],
    [{ approve: ["toString"] }, "stakpak__constructor", "ask", /"constructor"/],
    [{ approve: ["__tool", "bad__"] }, "stakpak____tool", "approve", /"__tool"/],
    [{ approve: ["__tool", "bad__"] }, "stakpak__bad__", "approve", /"bad__"/],
    [{ allowed: [] }, "stakpak__view", "deny", 'allowed_tools lacks "view"'],
    [{ allowed: [], approve: "all" }, "stakpak__view", "deny", /allowed_tools/],
    [{ allowed: ["view"], approve: ["run_command"] }, "stakpak__run_command", "deny", /allowed_tools/],
    [{ allowed: ["view"] }, "stakpak__view", "approve", /only looks/],
    [{ allowed: ["view"] }, "other__view", "deny", /allowed_tools/],
    [{ allowed: ["*"] }, "stakpak__create", "ask", /"create"/],
    [{ allowed: ["*"] }, "paks__search", "deny", /allowed_tools/],
    [{ allowed: ["paks__*"] }, "paks__search", "ask", /may change something/],
    [
      { allowed: ["paks__*"], approve: ["search"] },
      "paks__search",
      "ask",
      'auto_approve lacks "paks__search"',
    ],
    [{ allowed: ["*__*"], approve: ["paks__*"] }, "paks__search", "approve", 'auto_approve has "paks__*"'],
    [{ allowed: ["*__*"], approve: ["view"] }, "other__view", "ask", /lacks/],
    [{ allowed: ["*__*"], approve: ["*"] }, "a__b__c", "ask", /lacks "a__b__c"/],
    [{ allowed: ["*__*"], approve: ["b__c"] }, "a__b__c", "ask", /lacks/],
    [{ allowed: ["*__*"], approve: ["a__*"] }, "a__b__c", "approve", 'auto_approve has "a__*"'],
  ];
  for (const [policy, tool, verdict, rule] of cases) {
    const found = judge({ ...UNSET, ...policy }, tool, TOOLS);
    const about = JSON.stringify([policy, tool, found]);
    assert.equal(found.verdict, verdict, about);
    assert.ok(typeof rule === "string" ? found.rule === rule : rule.test(found.rule), about);
  }
});

test("judge() never approves what the toolbox does not list", () => {
  const everything: ToolPolicy = { allowed: ["*__*"], approve: "all" };
  assert.equal(judge(everything, "stakpak__view", []).verdict, "deny");
  assert.equal(judge(everything, "stakpak__view ", TOOLS).verdict, "deny");
  assert.equal(judge(everything, "STAKPAK__VIEW", TOOLS).verdict, "deny");
});

test("isAllowed() without a list means our own tools alone", () => {
  assert.deepEqual(TOOLS.filter((tool) => !isAllowed(UNSET, tool)), [
    "paks__search",
    "other__view",
    "a__b__c",
  ]);
});

test("allowingRule() is the line that would let a call run", () => {
  const run = "stakpak__run_command";
  assert.equal(allowingRule(UNSET, run, "ops"), 'add "run_command" to auto_approve of [profiles.ops]');
  assert.equal(
    allowingRule({ ...UNSET, allowed: ["view"] }, run, "ops"),
    'add "run_command" to allowed_tools of [profiles.ops]',
  );
  assert.equal(
    allowingRule(UNSET, "paks__search", "two words"),
    'add "paks__search" to allowed_tools of [profiles.NAME]',
  );
  assert.equal(
    allowingRule({ ...UNSET, approve: "none" }, run, "ops"),
    'leave out auto_approve = "none" of the request',
  );
});
