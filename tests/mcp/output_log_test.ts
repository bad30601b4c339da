import assert from "node:assert/strict";
import { PathError } from "../../src/host/inspection.ts";
import { outputLog } from "../../src/mcp/output_log.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join("");

async function shownOf(pieces: readonly string[]) {
  const work = await workspace();
  await using log = outputLog(work.scope, "run_command");
  for (const piece of pieces) await log.write(piece);
  const shown = log.shown();
  const path = /saved to (\S+)$/m.exec(shown)?.[1];
  const saved = path && await Deno.readTextFile(path);
  await work[Symbol.asyncDispose]();
  return { shown, saved, name: path?.replace(`${work.path}/`, "") };
}

test("outputLog() shows a short output as it is, and makes no file", async () => {
  assert.deepEqual(await shownOf([]), { shown: "", saved: undefined, name: undefined });
  assert.equal((await shownOf(["a\n", "b\n\n"])).shown, "a\nb\n");
  assert.equal((await shownOf([numbered(299)])).shown, numbered(299).trimEnd());
  assert.equal((await shownOf(["x".repeat(65_536)])).shown, "x".repeat(65_536));
});

test("outputLog() saves 300 lines whole and shows the last 300", async () => {
  for (const [count, pieces] of [[300, [numbered(300)]], [1000, numbered(1000).split(/(?<=0)/)]] as const) {
    const { shown, saved, name } = await shownOf(pieces);
    assert.equal(saved, numbered(count));
    assert.match(
      name!,
      /^\.stakpak\/session\/tool-output\.stakpak\.run_command\.\d{8}T\d{9}Z-[0-9a-f]{8}\.txt$/,
    );
    const [head, dots, ...rest] = shown.split("\n");
    assert.match(head!, new RegExp(`^Showing the last 300 / ${count} output lines. Full output saved to /`));
    assert.equal(dots, "...");
    assert.deepEqual(rest, numbered(count).trimEnd().split("\n").slice(-300));
  }
});

test("outputLog() counts an unfinished last line", async () => {
  assert.match((await shownOf([numbered(299), "end"])).shown, /^Showing the last 300 \/ 300 output lines/);
});

test("outputLog() cuts long lines by bytes, and no character in two", async () => {
  const { shown, saved } = await shownOf(["a", "€".repeat(40_000), "\n"]);
  assert.equal(saved, `a${"€".repeat(40_000)}\n`);
  const [head, , rest] = shown.split("\n");
  assert.match(head!, /^Showing the last 65535 \/ 120002 output bytes. Full output saved to /);
  assert.equal(rest, "€".repeat(21_845));
});

test("outputLog() shows bytes where the last 300 lines are too long", async () => {
  const line = `${"y".repeat(999)}\n`;
  const { shown } = await shownOf(Array.from({ length: 500 }, () => line));
  assert.match(shown.slice(0, 60), /^Showing the last 64999 \/ 500000 output bytes/);
});

test("outputLog() begins no output in the middle of a word", async () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  const { shown } = await shownOf([`${`${secret} `.repeat(3_000)}\n`]);
  const rest = shown.slice(shown.indexOf("\n...\n") + 5);
  assert.deepEqual([...new Set(rest.trimEnd().split(" "))], [secret]);
});

test("outputLog() goes on without its file when the disk is full", async () => {
  await using work = await workspace((host) => ({
    ...host,
    openOutput: (path) => Promise.reject(new PathError(path, "No space left on device")),
  }));
  await using log = outputLog(work.scope, "run_command");
  await log.write(numbered(400));
  await log.write("end\n");
  assert.match(
    log.shown(),
    /^Showing the last 300 \/ 401 output lines. The rest could not be saved: .*No space/,
  );
  assert.match(log.shown(), /\nline 400\nend$/);
});
