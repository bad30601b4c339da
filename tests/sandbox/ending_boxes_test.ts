import { deepEqual, equal } from "node:assert/strict";
import { endingBoxes } from "../../src/sandbox/ending_boxes.ts";
import { usedBox } from "../../src/sandbox/used_box.ts";
import { fakeBoxes } from "../fakes/fake_boxes.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

test("each box is ended once and waited for; one that cannot be ended is told of", async () => {
  const { launch } = fakeBoxes();
  const box = await launch({ session: "a" }, never);
  const log: string[] = [];
  let ended = 0;
  const dispose = async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    ended++;
  };
  const ending = endingBoxes((line) => log.push(line));
  const well = usedBox({ ...box, [Symbol.asyncDispose]: dispose }, () => {});
  ending.end(well);
  ending.end(well);
  ending.end(
    usedBox({ ...box, [Symbol.asyncDispose]: () => Promise.reject(new Error("no engine")) }, () => {}),
  );
  await ending[Symbol.asyncDispose]();
  equal(ended, 1);
  deepEqual(log, ["Cannot end stakpak-fake-00000000: no engine"]);
});
