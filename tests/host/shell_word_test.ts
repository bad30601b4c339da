import assert from "node:assert/strict";
import { shellWord } from "../../src/host/shell_word.ts";
import { test } from "../sanitized.ts";

test("shellWord() leaves plain words alone", () => {
  for (const word of ["ada", "/usr/bin/docker", "ghcr.io/a/b:1.2@sha256:ab"]) {
    assert.equal(shellWord(word), word);
  }
});

test("shellWord() makes one word that a shell reads back unchanged", async () => {
  const words = ["", "a b", "$HOME", "it's", "`id`", "~", "a;b", "*", "-n", 'say "hi"', "a\\b", "two\nlines"];
  const line = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", line] }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).split("\0").slice(0, -1), words);
});
