import assert from "node:assert/strict";
import { runCommand } from "../../src/mcp/tools/run_command.ts";
import {
  apart,
  nearestFile,
  readNearest,
  SYSTEM_DETAILS,
  together,
} from "../../src/server/workspace_commands.ts";
import { type Workspace, workspace } from "../mcp/workspace.ts";
import { test } from "../sanitized.ts";

const NAMES = ["AGENTS.md", "agents.md"];

async function found({ call, path }: Workspace, folder = ".") {
  const { text } = await call(runCommand, { command: `cd ${folder}\n${readNearest(NAMES)}` });
  const file = nearestFile(text.trim(), NAMES);
  return file && { ...file, name: file.name.replace(path, "") };
}

test("the nearest file is found in the working folder or up to five above it", async () => {
  await using stage = await workspace();
  assert.equal(await found(stage), undefined);
  await stage.write("agents.md", "of the top");
  await stage.write("1/2/3/4/5/6/note", "");
  assert.deepEqual(await found(stage), { name: "/agents.md", content: "of the top" });
  assert.deepEqual(await found(stage, "1/2/3/4/5"), { name: "/agents.md", content: "of the top" });
  assert.equal(await found(stage, "1/2/3/4/5/6"), undefined);
  await stage.write("1/2/AGENTS.md", "nearer\n");
  assert.deepEqual(await found(stage, "1/2/3"), { name: "/1/2/AGENTS.md", content: "nearer" });
});

test("links, folders and empty files are passed over", async () => {
  await using stage = await workspace();
  await stage.write("secret", "not for you");
  await Deno.symlink(`${stage.path}/secret`, `${stage.path}/AGENTS.md`);
  await stage.write("agents.md/inside", "");
  assert.equal(await found(stage), undefined);
  await stage.write("1/AGENTS.md", " \n");
  assert.equal(await found(stage, "1"), undefined);
});

test("a file comes as it is, whatever is in it, but for what a terminal would act on", async () => {
  await using stage = await workspace();
  await stage.write("AGENTS.md", "\ufeffa\n\nb — ünï 🐙\n\u001b[31mred\u0007\n'\"$(id)`id`");
  assert.equal((await found(stage))!.content, "a\n\nb — ünï 🐙\nred\n'\"$(id)`id`");
});

test("of a file that is too long head and tail come, with a mark", async () => {
  await using stage = await workspace();
  await stage.write("AGENTS.md", `begin ${"é".repeat(22_000)} end`);
  assert.equal((await found(stage))!.content.length, 22_010);
  await stage.write("AGENTS.md", `begin ${"é".repeat(40_000)} end`);
  const { content, name } = (await found(stage))!;
  assert.match(
    content,
    /^begin é+\ufffd?\n\[\.\.\. truncated .*AGENTS\.md; read file for full content \.\.\.\]\n\ufffd?é+ end$/,
  );
  assert.equal(name, "/AGENTS.md");
});

test("what is printed in the place of a file is nothing", () => {
  const good = `/w/AGENTS.md\n5\n${btoa("hello")}`;
  assert.deepEqual(nearestFile(good, NAMES), { name: "/w/AGENTS.md", content: "hello" });
  for (
    const printed of [
      undefined,
      "",
      "No output",
      `/w/other.md\n5\n${btoa("hello")}`,
      `AGENTS.md\n5\n${btoa("hello")}`,
      `/w/AGENTS.md\nfive\n${btoa("hello")}`,
      "/w/AGENTS.md\n5\n!!!",
      `${good}\n${btoa("tail")}\nmore`,
      `/${"w".repeat(1_000)}/AGENTS.md\n5\n${btoa("hello")}`,
    ]
  ) assert.equal(nearestFile(printed, NAMES), undefined, printed);
});

test("the system's details start no program that a workspace names, and tell the branch alone of a repository", async () => {
  await using stage = await workspace();
  await stage.write(".git/HEAD", "ref: refs/heads/feature/x\n");
  await stage.write(
    ".git/config",
    '[remote "origin"]\n\turl = https://user:pa55word@host.example\n[core]\n\tfsmonitor = touch ran\n',
  );
  const { text } = await stage.call(runCommand, { command: SYSTEM_DETAILS });
  assert.match(
    text,
    /^folder: \/.*\ntime: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\nsystem: \S+ .*\naccount: \S+\ngit branch: feature\/x/,
  );
  assert.ok(!text.includes("pa55word"));
  assert.deepEqual((await Array.fromAsync(Deno.readDir(stage.path))).map(({ name }) => name), [".git"]);
});

test("the system's details do without a repository", async () => {
  await using stage = await workspace();
  const { text, code } = await stage.call(runCommand, { command: SYSTEM_DETAILS });
  assert.equal(code, undefined);
  assert.doesNotMatch(text, /branch|error|No such/i);
});

test("commands run together print what each prints by itself, whatever becomes of the one before", async () => {
  await using stage = await workspace();
  await stage.write("AGENTS.md", "hello");
  const commands = ["exit 3", "cd /; folder=x", readNearest(NAMES), "echo a; echo; echo -- b", ":"];
  const { text } = await stage.call(runCommand, { command: together(commands) });
  const [first, second, file, lines, last, ...more] = apart(text, commands.length)!;
  assert.equal(nearestFile(file, NAMES)?.content, "hello");
  assert.deepEqual([first, second, lines, last, more], ["", "", "a\n\n-- b", "", []]);
});

test("what was printed together is not told apart where it is not whole, or may be another's", () => {
  assert.deepEqual(apart("--\na\n--\nb", 2), ["a", "b"]);
  for (
    const printed of ["", "--\na", "a\n--\nb\n", "x\n--\na\n--\nb", "--\na\n--\nb\n--\nc", "--\na\n --\nb"]
  ) {
    assert.equal(apart(printed, 2), undefined, printed);
  }
});
