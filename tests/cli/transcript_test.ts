import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { assertLines, parseTranscript, play, type Stage, words } from "./transcript.ts";

const stage = (out: string, err = "", exit = 0): Stage => ({
  run: () => Promise.resolve({ out, err, exit }),
  read: () => Promise.resolve("a = 1\n"),
});

const fails = (text: string, on: Stage) =>
  assert.rejects(play(parseTranscript(text), on), assert.AssertionError);

test("play() fails for a wrong line, a missing line, an extra line, a wrong exit code and unexpected stderr", async () => {
  const text = "# t\n$ stakpak x\n> one\n> two\n";
  await play(parseTranscript(text), stage("one\ntwo\n"));
  await fails(text, stage("one\ntwice\n"));
  await fails(text, stage("one\n"));
  await fails(text, stage("one\ntwo\nthree\n"));
  await fails(text, stage("one\ntwo\n", "", 1));
  await fails(text, stage("one\ntwo\n", "oops\n"));
});

test("play() fails for a file that changed, and for one that does not hold what it should", async () => {
  await fails("# t\nfile f\n| a = 2\n$ stakpak x\nsame f\n", stage(""));
  await fails("# t\n$ stakpak x\nholds f\n| a = 2\n", stage(""));
  await play(parseTranscript("# t\n$ stakpak x\nholds f\n| a = 1\n"), stage(""));
});

test("assertLines() takes … for any text in a line and ... for any lines", () => {
  assertLines("took 12 ms\na\nb\nend\n", ["took … ms", "...", "end"], "");
  assert.throws(() => assertLines("took 12 ms\n", ["took … s"], ""));
});

test("words() splits as a shell does", () => {
  assert.deepEqual(words(`stakpak add --cron '*/5 * * * *' --prompt "a b" c'd'e`), [
    "stakpak",
    "add",
    "--cron",
    "*/5 * * * *",
    "--prompt",
    "a b",
    "cde",
  ]);
});

test("parseTranscript() refuses a mark it does not know, and a transcript without a command", () => {
  assert.throws(() => parseTranscript("# t\n$ stakpak x\n? what\n"), /line 3/);
  assert.throws(() => parseTranscript("# t\n"), /needs a command/);
});
