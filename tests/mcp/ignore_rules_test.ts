import assert from "node:assert/strict";
import { isIgnored, parseIgnoreRules } from "../../src/mcp/ignore_rules.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";

test("isIgnored() lets the last rule that matches decide", () => {
  const rules = parseIgnoreRules("# logs\r\n*.log\n!keep.log\n\n/dist\nbuild/\na/**/z \n\\#odd\n[broken\n");
  const asked = (path: string, isFolder = false) => isIgnored(rules, path, isFolder);
  assert.equal(asked("x/y.log"), true);
  assert.equal(asked("x/keep.log"), false);
  assert.equal(asked("x.txt"), undefined);
  assert.equal(asked("dist"), true);
  assert.equal(asked("x/dist"), undefined);
  assert.equal(asked("x/build", true), true);
  assert.equal(asked("x/build"), undefined);
  assert.equal(asked("a/b/c/z"), true);
  assert.equal(asked("#odd"), true);
});

test("isIgnored() agrees with git", async () => {
  if (!await judge("git", ["--version"])) return notJudged("git is not installed");
  const folder = await Deno.makeTempDir();
  try {
    const text = "*.o\n!main.o\n/top\ndeep/inner\n**/any\nfolder/\n*.{a,b}\nf[0-9]\n  lead\ntrail\\ \n";
    const paths = [
      "x.o",
      "main.o",
      "top",
      "s/top",
      "deep/inner",
      "s/deep/inner",
      "s/any",
      "folder",
      "x.{a,b}",
    ];
    paths.push("x.a", "f1", "fx", "  lead", "lead", "trail ", "trail");
    await Deno.writeTextFile(`${folder}/.gitignore`, text);
    const git = async (...args: string[]) => (await judge("git", ["-C", folder, ...args]))!.said;
    await git("init", "-q");
    const theirs = (await git("-c", "core.quotePath=false", "check-ignore", "--no-index", ...paths))
      .split("\n").map((line) => line.replace(/^"(.*)"$/, "$1")).filter((line) => line !== "");
    const rules = parseIgnoreRules(text);
    assert.deepEqual(paths.filter((path) => isIgnored(rules, path, false)).sort(), theirs.sort());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
