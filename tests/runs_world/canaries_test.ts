import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { canariesIn, plantCanaries } from "./canaries.ts";

test("two hundred canaries are planted, all different, and found where they are", () => {
  const { all, files, env, home, workspace, sealed } = plantCanaries();
  assert.ok(all.length >= 200, `${all.length}`);
  assert.equal(new Set(all).size, all.length);
  const everything = [...Object.values({ ...files, ...env, ...home, ...workspace })].join("\n");
  for (const canary of all) assert.ok(everything.includes(canary), canary);
  assert.equal(canariesIn(`x ${btoa(`a ${sealed[7]}`)} y ${all[9]}`, all).length, 1);
  assert.deepEqual(canariesIn("nothing", all), []);
});
