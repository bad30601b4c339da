import { deepEqual, equal } from "node:assert/strict";
import ts from "typescript";
import { bundle } from "../../scripts/bundle.ts";
import { test } from "../sanitized.ts";

test("two bundles at once leave one whole file that loads nothing else and names no folder of this machine", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  try {
    const output = `${folder}/dist/stakpak.js`;
    await Promise.all([bundle(output), bundle(output)]);

    deepEqual((await Array.fromAsync(Deno.readDir(`${folder}/dist`))).map(({ name }) => name), [
      "stakpak.js",
    ]);
    const text = await Deno.readTextFile(output);
    const tree = ts.createSourceFile("stakpak.js", text, ts.ScriptTarget.Latest);
    equal(tree.statements.some((one) => ts.isImportDeclaration(one)), false);
    equal(text.includes("/npm/registry.npmjs.org/"), false, "it names a folder of this machine");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
