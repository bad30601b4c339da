import assert from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { localContext } from "../../src/server/local_context.ts";
import { inProcessBoxes } from "../runs_world/in_process_boxes.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

test("localContext() tells of files, system and folder, by calls of our own tools alone", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(`${folder}/AGENTS.md`, "Use tabs.");
  await Deno.writeTextFile(`${folder}/APPS.md`, "One app.");
  await using boxes = inProcessBoxes(folder);
  await using lease = await boxes.lease("a", never);
  const items = await localContext(lease, never);
  assert.deepEqual(items.slice(0, 2), [
    { name: `${folder}/AGENTS.md`, content: "Use tabs." },
    { name: `${folder}/APPS.md`, content: "One app." },
  ]);
  assert.deepEqual(items.slice(2).map(({ name }) => name), ["system details", "working folder"]);
  assert.match(items[3]!.content, /^Directory: \./);
  assert.deepEqual(
    new Set(boxes.calls.map(({ name }) => name)),
    new Set(["stakpak__run_command", "stakpak__view"]),
  );
  await Deno.remove(folder, { recursive: true });
});

test("localContext() asks one by one for files that are too long for one answer", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  for (const name of ["AGENTS.md", "APPS.md"]) {
    await Deno.writeTextFile(`${folder}/${name}`, `${name} ${"x".repeat(44_000)} end`);
  }
  await using boxes = inProcessBoxes(folder);
  await using lease = await boxes.lease("a", never);
  const items = await localContext(lease, never);
  assert.deepEqual(items.slice(0, 2).map(({ content }) => content.length), [44_014, 44_012]);
  assert.deepEqual(items.slice(2).map(({ name }) => name), ["system details", "working folder"]);
  await Deno.remove(folder, { recursive: true });
});

test("localContext() leaves out what cannot be had, and rejects with the signal's reason alone", async () => {
  const gone = { call: () => Promise.reject(new ToolboxGone("gone", false)) };
  assert.deepEqual(await localContext(gone, never), []);
  const failing = { call: () => Promise.resolve({ callId: "1", text: "READ_ERROR\nno", isError: true }) };
  assert.deepEqual(await localContext(failing, never), []);
  const ending = new AbortController();
  const hanging = {
    call: () => {
      ending.abort(new Error("enough"));
      return Promise.reject(new Error("other"));
    },
  };
  await assert.rejects(localContext(hanging, ending.signal), /enough/);
});
