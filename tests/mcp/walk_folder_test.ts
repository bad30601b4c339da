import assert from "node:assert/strict";
import { walkFolder } from "../../src/mcp/walk_folder.ts";
import { test } from "../sanitized.ts";
import { type Workspace, workspace } from "./workspace.ts";

async function names(work: Workspace, options: { below?: string; ignore?: boolean } = {}): Promise<string[]> {
  const { signal } = new AbortController();
  const folder = options.below === undefined ? work.path : `${work.path}/${options.below}`;
  const walk = walkFolder({
    host: work.scope.host,
    folder,
    signal,
    ...(options.ignore && { ignoreFrom: work.path }),
    onCut: () => assert.fail("cut"),
  });
  return (await Array.fromAsync(walk)).map(({ name, kind }) => kind === "directory" ? `${name}/` : name);
}

test("walkFolder() gives everything by name, hidden files too, and follows no link", async () => {
  await using work = await workspace();
  for (const name of ["b/c", "a", ".hidden", ".git/config", "b/node_modules/x"]) await work.write(name, "");
  await Deno.symlink("/etc", `${work.path}/link`);
  assert.deepEqual(await names(work), [".hidden", "a", "b/", "b/c", "link"]);
});

test("walkFolder() passes over what the .gitignores say, the deepest first", async () => {
  await using work = await workspace();
  await work.write(".gitignore", "*.log\nout/\n");
  await work.write("src/.gitignore", "!keep.log\n/top\n");
  for (const name of ["a.log", "out/x", "src/keep.log", "src/b.log", "src/top", "src/deep/top"]) {
    await work.write(name, "");
  }
  const below = ["src/.gitignore", "src/deep/", "src/deep/top", "src/keep.log"];
  assert.deepEqual(await names(work, { ignore: true }), [".gitignore", "src/", ...below]);
  assert.deepEqual(
    await names(work, { ignore: true, below: "src" }),
    below.map((name) => name.slice("src/".length)),
  );
  assert.equal((await names(work)).includes("out/x"), true);
});

test("walkFolder() ends after 100,000 entries, and when its signal aborts", async () => {
  await using work = await workspace((host) => ({
    ...host,
    entries: (folder) =>
      Promise.resolve(
        folder.split("/").length > 40
          ? []
          : ["a", "b", "c"].map((name) => ({ name, kind: "directory" as const })),
      ),
  }));
  let cut = 0;
  let count = 0;
  const options = { host: work.scope.host, folder: work.path, onCut: () => void cut++ };
  for await (const _ of walkFolder({ ...options, signal: new AbortController().signal })) count++;
  assert.equal(count, 100_000);
  assert.ok(cut > 0);
  await assert.rejects(
    Array.fromAsync(walkFolder({ ...options, signal: AbortSignal.abort(new Error("no")) })),
  );
});
