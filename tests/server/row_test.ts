import assert from "node:assert/strict";
import { recordOf } from "../../src/server/row.ts";
import { test } from "../sanitized.ts";

test("recordOf() takes NULL for undefined, and reads the fields that are JSON", () => {
  interface Thing {
    readonly name: string;
    readonly size: number | undefined;
    readonly tags: readonly string[];
    readonly extra: null | undefined;
  }
  assert.deepEqual(
    recordOf<Thing, "tags" | "extra">({ name: '"a"', size: null, tags: '["x"]', extra: "null" }, [
      "tags",
      "extra",
    ]),
    { name: '"a"', size: undefined, tags: ["x"], extra: null },
  );
});
