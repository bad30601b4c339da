import { deepEqual } from "node:assert/strict";
import { soakFiles } from "../../scripts/soak.ts";
import { test } from "../sanitized.ts";

test("soak takes the test files that import runs.ts, in any folder, and no other", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  try {
    await Deno.mkdir(`${folder}/cli`);
    await Deno.writeTextFile(`${folder}/cli/fuzz_test.ts`, `import { runs, SEED } from "../runs.ts";\n`);
    await Deno.writeTextFile(`${folder}/all_test.ts`, `import { runs } from "./runs.ts";\n`);
    await Deno.writeTextFile(`${folder}/words_test.ts`, `// "./runs.ts"\nimport "./forerunns.ts";\n`);
    await Deno.writeTextFile(`${folder}/runs.ts`, "");
    deepEqual(await soakFiles(folder), [`${folder}/all_test.ts`, `${folder}/cli/fuzz_test.ts`]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
