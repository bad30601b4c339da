import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "smol-toml";
import { TomlDocument } from "../../src/config/toml_document.ts";
import type { TomlEntries } from "../../src/config/toml_value.ts";
import { UserError } from "../../src/domain/error.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { type RandomToml, randomToml } from "./random_toml.ts";

const MANY = { numRuns: runs(2_000), seed: SEED };
const toml = (text: string) => TomlDocument.parse(text, "f.toml");
const meaning = (text: string) => JSON.parse(JSON.stringify(parse(text)));

const scalar = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.boolean());
const entries: fc.Arbitrary<TomlEntries> = fc.record({
  name: fc.constant("new"),
  prompt: fc.string(),
  tools: fc.array(fc.string(), { maxLength: 3 }),
  enabled: fc.boolean(),
}, { noNullPrototype: true });
const withSchedule = randomToml.filter(({ schedules }) => schedules > 0);

/** Whether `longer` is `shorter` with one run of characters put in. */
function isInsertion(shorter: string, longer: string): boolean {
  let same = 0;
  while (same < shorter.length && shorter[same] === longer[same]) same++;
  return longer.length >= shorter.length && longer.endsWith(shorter.slice(same));
}

/** What a random file means once its schedules are changed. */
function expected({ text }: RandomToml, change: (schedules: unknown[]) => unknown[]) {
  const { schedules = [], ...rest } = meaning(text);
  const changed = change(schedules);
  return changed.length > 0 ? { ...rest, schedules: changed } : rest;
}

test("a document that is not edited is the same bytes", () => {
  fc.assert(fc.property(randomToml, ({ text }) => assert.equal(toml(text).toString(), text)), MANY);
});

test("adding a table only adds bytes, and removing it gives the old bytes back", () => {
  fc.assert(
    fc.property(randomToml, entries, (random, added) => {
      const pushed = toml(random.text).pushTable(["schedules"], added);
      assert.ok(isInsertion(random.text, pushed.toString()));
      assert.deepEqual(meaning(pushed.toString()), expected(random, (list) => [...list, added]));
      const removed = pushed.removeTable(["schedules", random.schedules]);
      assert.equal(removed.toString(), random.text);
    }),
    MANY,
  );
});

test("adding a named table only adds bytes, and removing it gives the old bytes back", () => {
  fc.assert(
    fc.property(randomToml, entries, fc.string({ minLength: 1 }), ({ text }, added, name) => {
      const put = toml(text).putTable(["profiles", name], added);
      assert.ok(isInsertion(text, put.toString()));
      assert.deepEqual(meaning(put.toString()), { ...meaning(text), profiles: { [name]: added } });
      assert.equal(put.removeTable(["profiles", name]).toString(), text);
    }),
    MANY,
  );
});

test("changing a value and changing it back gives the old bytes back", () => {
  fc.assert(
    fc.property(withSchedule, fc.nat(), scalar, (random, pick, value) => {
      const index = pick % random.schedules;
      const path = ["schedules", index, "name"];
      const changed = toml(random.text).set(path, value);
      assert.deepEqual(
        meaning(changed.toString()),
        expected(random, (list) => list.with(index, { ...(list[index] as object), name: value })),
      );
      assert.equal(changed.set(path, `s${index}`).toString(), random.text);
    }),
    MANY,
  );
});

test("adding a key only adds bytes, and removing it gives the old bytes back", () => {
  fc.assert(
    fc.property(withSchedule, fc.nat(), scalar, (random, pick, value) => {
      const index = pick % random.schedules;
      const path = ["schedules", index, "new"];
      const changed = toml(random.text).set(path, value);
      assert.ok(isInsertion(random.text, changed.toString()));
      assert.deepEqual(
        meaning(changed.toString()),
        expected(random, (list) => list.with(index, { ...(list[index] as object), new: value })),
      );
      assert.equal(changed.unset(path).toString(), random.text);
    }),
    MANY,
  );
});

test("removing a table only removes bytes and leaves every other table as it was", () => {
  fc.assert(
    fc.property(withSchedule, fc.nat(), (random, pick) => {
      const index = pick % random.schedules;
      const removed = toml(random.text).removeTable(["schedules", index]).toString();
      assert.ok(isInsertion(removed, random.text));
      assert.deepEqual(meaning(removed), expected(random, (list) => list.toSpliced(index, 1)));
    }),
    MANY,
  );
});

test("a damaged text is edited rightly or refused, never anything else", () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat({ max: 3 }),
    text: fc.constantFrom("", '"', "'''", "[", "]", "[[", "=", "\n", "\r", "#", "{", ".", "\0", "x = 1\n"),
  });
  fc.assert(
    fc.property(randomToml, damage, ({ text }, { at, length, text: put }) => {
      const start = at % (text.length + 1);
      const damaged = text.slice(0, start) + put + text.slice(start + length);
      try {
        const pushed = toml(damaged).pushTable(["schedules"], { name: "new" });
        assert.ok(isInsertion(damaged, pushed.toString()));
        assert.equal(meaning(pushed.toString()).schedules.at(-1).name, "new");
      } catch (error) {
        assert.ok(error instanceof UserError, String(error));
      }
    }),
    MANY,
  );
});

test("what is not there is removed without a change", () => {
  const document = toml("[a]\nb = 1\n");
  assert.equal(document.unset(["a", "c"]), document);
  assert.equal(document.removeTable(["c"]), document);
});

test("putTable writes beside the keys that are there", () => {
  assert.equal(
    toml("[a] # x\nb = 1 # y\nc = 2\n").putTable(["a"], { b: 3, d: 4, e: undefined }).toString(),
    "[a] # x\nb = 3 # y\nc = 2\nd = 4\n",
  );
});

test("a list of tables in brackets is not added to, and the error says what to write", () => {
  assert.throws(() => toml("schedules = [{ name = 'a' }]\n").pushTable(["schedules"], { name: "b" }), {
    message: "Cannot edit schedules (f.toml:1:13): it is written as one list, must be [[schedules]] tables",
    hint: "edit the file by hand, then: stakpak config validate",
  });
  assert.throws(() => toml("schedules = [ # none\n]\n").pushTable(["schedules"], {}), UserError);
  assert.throws(() => toml("schedules = 1\n").pushTable(["schedules"], {}), UserError);
  assert.throws(() => toml("[schedules]\n").pushTable(["schedules"], {}), UserError);
});

test("a table is not overwritten by a value", () => {
  for (const text of ["[a.b]\n", "[a]\nb = {}\n", "a.b.c = 1\n", "[[a.b]]\n"]) {
    assert.throws(() => toml(text).set(["a", "b"], 1), /it is a table, must be a value/);
  }
});

test("a text that is not TOML is refused with its place and without its words", () => {
  assert.throws(() => toml("a = 1\ntoken = xoxb-1-secret\n"), {
    message: "Cannot edit f.toml:2:9: it is not TOML that can be edited",
    exitCode: 2,
  });
});

test("a refusal names no secret", () => {
  const document = toml("[channels]\nslack = 'xoxb-1-secret'\n");
  assert.throws(
    () => document.set(["channels", "slack", "bot_token"], "xoxb-2-secret"),
    (error) => error instanceof UserError && !/xoxb/.test(error.message + error.hint),
  );
});

test("placeOf counts without the byte order mark", () => {
  assert.equal(toml("\ufeffa = 1\n").placeOf(["a"]), "f.toml:1:5");
});
