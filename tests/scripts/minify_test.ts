import { deepEqual, ok } from "node:assert/strict";
import { minify } from "../../scripts/minify.ts";
import { test } from "../sanitized.ts";

const MODULE = `
const said = [];
const open = (name) => ({
  name,
  [Symbol.dispose]() { said.push("closed " + name); },
  async [Symbol.asyncDispose]() { said.push("closed " + name); },
});
function once() { using one = open("one"); return one.name; }
async function awaited() { await using two = await open("two"); return two.name; }
async function both() { await using three = open("three"); await using four = open("four" + three.name); return four.name; }
async function unused() { await using five = open("five"); return 1; }
once();
await awaited();
await both();
await unused();
export { said };
`;

test("what a module holds is given back after it was made small, also where it is used once", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  try {
    await Deno.writeTextFile(`${folder}/module.js`, MODULE);
    await minify(`${folder}/module.js`, `${folder}/small.js`);
    const small = await Deno.readTextFile(`${folder}/small.js`);
    ok(small.length < MODULE.length);
    const { said } = await import(`data:text/javascript,${encodeURIComponent(small)}`);
    deepEqual(said, ["closed one", "closed two", "closed fourthree", "closed three", "closed five"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
