import assert from "node:assert/strict";
import { FORMATS } from "../src/probes/formats.ts";
import { test } from "./sanitized.ts";

const DOC = await Deno.readTextFile(new URL("../docs/ci.md", import.meta.url));
const WORKFLOW = await Deno.readTextFile(new URL("../.github/workflows/ci.yml", import.meta.url));

/** The fenced blocks of `docs/ci.md` in one language. */
function recipes(language: string): string[] {
  return [...DOC.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, found]) => found === language)
    .map(([, , text]) => text ?? "");
}

const ENTRY = /^(?:- )*(?:[\w.-]+:(?: (?![|>]).*)?|"[^"]*":.*)$/;
const BLOCK_START = /^(?:- )*[\w.-]+: [|>][+-]?$/;
const PLAIN_ITEM = /^- \w(?:(?!: | #).)*$/;

/** What YAML this simple can get wrong: tabs, odd or jumping indents, lines that are neither entry, item nor block. */
function assertSimpleYaml(text: string): void {
  let indent = 0;
  let blockAbove: number | undefined;
  for (
    const line of text.split("\n").filter((one) => one.trim() !== "" && !one.trimStart().startsWith("#"))
  ) {
    const here = line.length - line.trimStart().length;
    if (blockAbove !== undefined && here > blockAbove) continue;
    blockAbove = undefined;
    const entry = line.trim();
    assert.ok(!line.includes("\t"), `tab: ${line}`);
    assert.ok(here % 2 === 0 && here <= indent + 4, `indent: ${line}`);
    assert.match(entry, BLOCK_START.test(entry) ? BLOCK_START : ENTRY.test(entry) ? ENTRY : PLAIN_ITEM);
    const flow = entry.replaceAll("${{", "").replaceAll("}}", "");
    assert.equal(flow.split("[").length, flow.split("]").length, `brackets: ${line}`);
    if (BLOCK_START.test(entry)) blockAbove = here;
    indent = here;
  }
}

test("the YAML of the recipes and of the workflow is well-formed", () => {
  assert.equal(recipes("yaml").length, 4);
  for (const recipe of [...recipes("yaml"), WORKFLOW]) assertSimpleYaml(recipe);
});

test("the YAML check refuses tabs, jumps, loose words and open brackets", () => {
  for (const bad of ["a:\n\tb: 1", "a:\n        b: 1", "a: 1\nloose words", "a: [b", "a:\n   b: 1"]) {
    assert.throws(() => assertSimpleYaml(bad), bad);
  }
});

test("there is a recipe for GitHub, GitLab and Jenkins, from a checkout and with the binary", () => {
  for (const title of ["GitHub Actions", "GitLab CI", "Jenkins"]) {
    const [, section = ""] = DOC.split(`## ${title}\n`);
    const recipe = section.split("\n## ")[0] ?? "";
    assert.match(recipe, /npx -y deno@2\.9\.6 task preflight/, title);
    assert.match(recipe, /stakpak preflight/, title);
  }
});

test("the recipes use only formats that exist, and the table names every one", () => {
  const known: string[] = FORMATS.map(({ name }) => name);
  const used = [...DOC.matchAll(/--(?:format |output )([a-z]+)(?:=|\b)/g)].map(([, name = ""]) => name);
  assert.ok(used.length > 5);
  for (const name of used) assert.ok(known.includes(name), name);
  for (const name of known) assert.ok(DOC.includes(`\`${name}\``), name);
});

test("the workflow runs .ci/run with actions pinned to a commit and no right but to read", () => {
  const used = [...WORKFLOW.matchAll(/uses: (\S+)/g)].map(([, name = ""]) => name);
  assert.equal(used.length, 2);
  for (const name of used) assert.match(name, /^actions\/[\w-]+@[0-9a-f]{40}$/);
  assert.match(WORKFLOW, /^permissions:\n {2}contents: read\n\n/m);
  assert.match(WORKFLOW, /run: .*bash \.ci\/run$/m);
});
