import { deepEqual, equal, match } from "node:assert/strict";
import { dealt, runTests, testFiles } from "../../scripts/run_tests.ts";
import { test } from "../sanitized.ts";

test("testFiles() takes test files in any folder, and no other", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  try {
    await Deno.mkdir(`${folder}/cli/fake`, { recursive: true });
    for (
      const path of ["b_test.ts", "cli/a_test.ts", "cli/fake/c_test.ts", "cli/words.ts", "cli/fake/out.txt"]
    ) {
      await Deno.writeTextFile(`${folder}/${path}`, "");
    }
    const all = ["b_test.ts", "cli/a_test.ts", "cli/fake/c_test.ts"].map((path) => `${folder}/${path}`);
    deepEqual(await testFiles([folder]), all);
    deepEqual(await testFiles([`${folder}/cli/fake`, all[0]!]), [all[0], all[2]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("dealt() gives every file to one hand, and nobody nothing", () => {
  deepEqual(dealt(["a", "b", "c"], 2), [["a", "c"], ["b"]]);
  deepEqual(dealt(["a"], 4), [["a"]]);
  deepEqual(dealt([], 2), []);
});

test("runTests() fails with whoever fails", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  try {
    const [good, bad] = [`${folder}/good_test.ts`, `${folder}/bad_test.ts`];
    await Deno.writeTextFile(good, `Deno.test("good", () => {});`);
    await Deno.writeTextFile(bad, `Deno.test("bad", () => { throw new Error("on purpose"); });`);
    const told: string[] = [];
    const run = { options: ["--filter", "/good|bad/"], tell: (lines: string) => void told.push(lines) };
    equal(await runTests([good], run), 0);
    match(told.join("\n"), /1 passed/);
    equal(await runTests([good, bad], run), 1);
    equal(await runTests([bad, good], run), 1);
    match(told.join("\n"), /on purpose/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
