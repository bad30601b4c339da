import assert from "node:assert/strict";
import fc from "fast-check";
import { renderDiff } from "../../src/config/render_diff.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const toml = (text: string) => TomlDocument.parse(text, "autopilot.toml");

/** What `patch` does with a diff that has no context. */
function patched(text: string, diff: string): string {
  const lines = text === "" ? [] : text.trimEnd().split("\n");
  const hunks = diff.split(/^@@ /m).slice(1).reverse();
  for (const hunk of hunks) {
    const [header, ...body] = hunk.trimEnd().split("\n");
    const [, from, count = "1"] = /^-(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@$/.exec(header!)!;
    const removed = body.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
    const added = body.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
    const start = count === "0" ? Number(from) : Number(from) - 1;
    assert.deepEqual(lines.splice(start, Number(count), ...added), removed);
  }
  return lines.map((line) => `${line}\n`).join("");
}

test("only the changed lines are shown, each with its number", () => {
  const before = toml("[a]\nb = 1\nc = 2\n\n[d]\n");
  const after = before.set(["a", "b"], 3).set(["d", "e"], 4);
  assert.equal(
    renderDiff(before, after),
    "--- autopilot.toml\n+++ autopilot.toml\n@@ -2 +2 @@\n-b = 1\n+b = 3\n@@ -5,0 +6 @@\n+e = 4\n",
  );
});

test("no change is no text", () => {
  assert.equal(renderDiff(toml("[a]\n"), toml("[a]\n")), "");
});

test("a diff applied to the old text gives the new one", () => {
  const lines = fc.uniqueArray(fc.nat({ max: 30 })).map((keys) =>
    keys.map((key) => `k${key} = 1\n`).join("")
  );
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      assert.equal(patched(before, renderDiff(toml(before), toml(after))), after);
    }),
    { numRuns: runs(2_000), seed: SEED },
  );
});

test("no secret is shown, wherever the line is that it shares with a change", () => {
  const before = toml(
    "channels = { slack = { bot_token = 'xoxb-secret', app_token_env = 'NAME', model = 'm' } } # was xoxb-1234567890-secret\n" +
      "[profiles.a]\napi_key = '''\nsk-secret'''\n",
  );
  const diff = renderDiff(
    before,
    before.unset(["channels", "slack", "model"]).set(["profiles", "a", "api_key"], "sk-secret-2"),
  );
  assert.doesNotMatch(diff, /secret[^\]]/);
  assert.match(diff, /^-channels = .*model = 'm'.*# \[not shown\]$/m);
});

test("a secret in a table of secrets is masked once", () => {
  const before = toml("x = { token = { key = 'xoxb-secret' }, model = 'm' }\n");
  assert.equal(
    renderDiff(before, before.unset(["x", "model"])),
    "--- autopilot.toml\n+++ autopilot.toml\n@@ -1 +1 @@\n" +
      '-x = { token = "[secret]", model = \'m\' }\n+x = { token = "[secret]" }\n',
  );
});

test("line ends are not shown as changes", () => {
  assert.equal(renderDiff(toml("[a]\r\nb = 1\r\n"), toml("[a]\nb = 1\n")), "");
});
