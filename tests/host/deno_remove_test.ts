import { deepEqual, equal } from "node:assert/strict";
import { remove, removeEmpty } from "../../src/host/deno_remove.ts";
import { test } from "../sanitized.ts";

/** More than a thread's stack can go down. */
const DEPTH = 13_000;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "remove-" });
  try {
    await work(folder);
  } finally {
    await remove(folder);
  }
}

function foldersInEachOther(folder: string): void {
  Deno.mkdirSync(`${folder}/tree`);
  for (let depth = 1; depth < DEPTH; depth++) {
    Deno.mkdirSync(`${folder}/outer`);
    Deno.renameSync(`${folder}/tree`, `${folder}/outer/inner`);
    Deno.renameSync(`${folder}/outer`, `${folder}/tree`);
  }
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

test("a tree that is deeper than a stack is removed", async () => {
  await inFolder(async (folder) => {
    foldersInEachOther(folder);
    await remove(`${folder}/tree`);
    deepEqual(await names(folder), []);
  });
});

test("a link to a folder is removed, and what is in that folder stays", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/kept`);
    await Deno.writeTextFile(`${folder}/kept/file`, "kept");
    await Deno.mkdir(`${folder}/tree/inner`, { recursive: true });
    await Deno.symlink(`${folder}/kept`, `${folder}/tree/link`);
    await Deno.symlink(`${folder}/kept`, `${folder}/tree/inner/link`);
    await Deno.symlink(`${folder}/kept`, `${folder}/link`);
    await remove(`${folder}/tree`);
    await remove(`${folder}/link`);
    deepEqual(await names(folder), ["kept"]);
    equal(await Deno.readTextFile(`${folder}/kept/file`), "kept");
  });
});

test("folders that even their owner may not look into are removed", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/tree/shut/inner`, { recursive: true });
    await Deno.writeTextFile(`${folder}/tree/shut/inner/file`, "");
    for (const shut of ["shut/inner", "shut"]) await Deno.chmod(`${folder}/tree/${shut}`, 0);
    await remove(`${folder}/tree`);
    deepEqual(await names(folder), []);
  });
});

test("an empty folder is removed by removeEmpty(), and a link to one is not", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/empty`);
    await Deno.symlink(`${folder}/empty`, `${folder}/link`);
    equal(await removeEmpty(`${folder}/link`), false);
    equal(await removeEmpty(`${folder}/empty`), true);
    equal(await removeEmpty(`${folder}/empty`), false);
  });
});
