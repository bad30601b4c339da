import { equal } from "node:assert/strict";
import { freshBundle } from "../../scripts/fresh_bundle.ts";
import { test } from "../sanitized.ts";

test("the bundle is made where it is missing, and left alone where it is new enough for a box", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/dist/stakpak.js`;
    equal(await freshBundle(path), true);
    const { mtime } = await Deno.stat(path);
    equal(await freshBundle(path), false);
    equal((await Deno.stat(path)).mtime?.getTime(), mtime?.getTime());
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
