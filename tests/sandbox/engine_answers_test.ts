import { equal } from "node:assert/strict";
import { engineAnswers } from "../../src/sandbox/engine_answers.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const LINE = "docker version --format {{.Server.Version}}";

test("an engine answers, refuses, is not there, or is silent for 5 s", async () => {
  using clock = fakeClock();
  equal(await engineAnswers(fakeHost({ commands: { [LINE]: { stdout: "20.10.24\n" } } }), never), true);
  equal(await engineAnswers(fakeHost({ commands: { [LINE]: { code: 1 } } }), never), false);
  equal(await engineAnswers(fakeHost(), never), false);
  const silent = engineAnswers(fakeHost({ commands: { [LINE]: "hang" } }), never);
  await clock.pass(5_000);
  equal(await silent, false);
});
