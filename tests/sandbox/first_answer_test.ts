import { equal, rejects } from "node:assert/strict";
import { firstAnswer } from "../../src/sandbox/first_answer.ts";
import { test } from "../sanitized.ts";

test("firstAnswer() tells of the first answer only, and not of a request that failed", async () => {
  let told = 0;
  let works = false;
  const fetch = firstAnswer(
    () => works ? Promise.resolve(new Response("yes")) : Promise.reject(new Error("no")),
    () => told++,
  );
  await rejects(fetch("https://localhost/"), /no/);
  equal(told, 0);
  works = true;
  equal(await (await fetch("https://localhost/")).text(), "yes");
  await fetch("https://localhost/");
  equal(told, 1);
});
