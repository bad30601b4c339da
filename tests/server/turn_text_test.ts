import assert from "node:assert/strict";
import type { RunEvent } from "../../src/domain/run_event.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { turnText } from "../../src/server/turn_text.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";

function stage(write: () => void = () => {}) {
  const redactor = new Redactor();
  redactor.add(SECRET);
  const told: RunEvent[][] = [];
  let now: RunEvent[] = [];
  const ended: unknown[] = [];
  const text = turnText({
    redactor,
    write(work) {
      write();
      now = [];
      const result = work({} as never);
      told.push(now);
      return result;
    },
    emit: (...events) => void now.push(...events),
    end: (why) => void ended.push(why),
  });
  return { text, told, ended };
}

test("turnText() tells at most ten times a second, in order, and at the end what is left", async () => {
  using clock = fakeClock();
  const { text, told } = stage();
  for (let line = 0; line < 100; line++) {
    text.text(`line ${line}\n`);
    if (line === 50) text.reasoning("hm\n");
    await clock.pass(10);
  }
  text.text("the rest");
  const rest = text.rest();
  assert.ok(told.length <= 12, `${told.length} writes`);
  const events = [...told.flat(), ...rest];
  const words = events.map((event) => event.name === "text_delta" ? event.fields.delta : "").join("");
  assert.equal(words, Array.from({ length: 100 }, (_, line) => `line ${line}\n`).join("") + "the rest");
  assert.ok(events.some((event) => event.name === "thinking_delta" && event.fields.delta === "hm\n"));
  await clock.pass(1_000);
  assert.equal(told.flat().length + rest.length, events.length);
});

test("turnText() writes nothing of an answer that comes at once before its end", async () => {
  using clock = fakeClock();
  const { text, told } = stage();
  text.text("all of");
  text.text(" it\n");
  const rest = text.rest();
  await clock.pass(1_000);
  assert.deepEqual([told, rest], [[], [{ name: "text_delta", fields: { delta: "all of it\n" } }]]);
});

test("turnText() tells no part of a secret that comes in pieces", async () => {
  using clock = fakeClock();
  const { text, told } = stage();
  for (const piece of `key: ${SECRET}\nafter\n`) {
    text.text(piece);
    await clock.pass(200);
  }
  const all = JSON.stringify([told, text.rest()]);
  for (let at = 0; at + 8 <= SECRET.length; at++) assert.ok(!all.includes(SECRET.slice(at, at + 8)), all);
  assert.ok(all.includes("REDACTED_SECRET"));
});

test("turnText() forgets what was not told when the model is asked once more", async () => {
  using clock = fakeClock();
  const { text } = stage();
  text.text("told\n");
  await clock.pass(50);
  text.text("void");
  text.restart();
  text.text("anew");
  assert.deepEqual(text.rest(), [{ name: "text_delta", fields: { delta: "anew" } }]);
});

test("turnText() ends the run when it cannot tell", async () => {
  using clock = fakeClock();
  const { text, ended } = stage(() => {
    throw new Error("the disk is full");
  });
  text.text("a line\n");
  await clock.pass(50);
  assert.deepEqual(ended.map(String), ["Error: the disk is full"]);
  text[Symbol.dispose]();
});
