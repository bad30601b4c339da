import { equal, rejects } from "node:assert/strict";
import { asEsModule } from "../../scripts/bundle_format.ts";
import { test } from "../sanitized.ts";

async function load(commonJs: string): Promise<Record<string, unknown>> {
  return await import(`data:text/javascript,${encodeURIComponent(asEsModule(commonJs))}`);
}

test("a bundle keeps import.meta, wherever esbuild took it away", async () => {
  const { url, other } = await load(`var import_meta = {};\nvar import_meta2 = {};
export const url = import_meta.url, other = import_meta2.main;`);
  equal(typeof url, "string");
  equal(other, false);
});

test("a bundle may require what is built in, and nothing else", async () => {
  const { join } = await load(`export const { join } = require("node:path");`);
  equal((join as (...parts: string[]) => string)("a", "b"), "a/b");
  await rejects(load(`require("bufferutil");`), /Cannot find module "bufferutil"/);
});

test("a bundle names its packages and not where this machine keeps them", () => {
  const text = asEsModule(`  "../../../root/.cache/deno/npm/registry.npmjs.org/zod/4.6.7/v4/core.js"() {
  "src/domain/error.ts"() {`);
  equal(text.endsWith(`  "npm/zod/4.6.7/v4/core.js"() {\n  "src/domain/error.ts"() {`), true, text);
});
