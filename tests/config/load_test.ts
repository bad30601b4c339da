import assert from "node:assert/strict";
import * as z from "zod";
import type { Explained } from "../../src/config/explain.ts";
import { type FileKind, loadFile, parseFile } from "../../src/config/load.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { lines } from "./loaded.ts";

interface Box {
  size?: number | undefined;
  tag?: string | undefined;
}
interface File {
  boxes?: Record<string, Box> | undefined;
  rows?: Box[] | undefined;
  one?: Box | undefined;
}
const box = z.strictObject({ size: z.number().optional(), tag: z.string().optional() });
const KIND: FileKind<File> = {
  schema: z.strictObject({
    boxes: z.record(z.string(), box).optional(),
    rows: z.array(box).optional(),
    one: box.optional(),
  }),
  separate: ["boxes", "rows"],
  check: (raw): Explained[] =>
    JSON.stringify(raw).includes("forbidden")
      ? [{
        severity: "error",
        path: ["rows", 0, "tag"],
        key: "rows[0].tag",
        message: "rows[0].tag is forbidden",
      }]
      : [],
};
const parsed = (text: string) => parseFile(text, "f.toml", KIND);

test("parseFile() gives the value, and places only when asked", () => {
  const loaded = parsed("[one]\nsize = 1\n");
  assert.deepEqual([loaded.exists, loaded.value, loaded.problems, loaded.broken.size], [
    true,
    { one: { size: 1 } },
    [],
    0,
  ]);
  assert.deepEqual(loaded.place(["one", "size"]), { line: 2, column: 8 });
  assert.equal(loaded.place(["nothing"]), undefined);
});

test("parseFile() reports every problem in one go, each with its place", () => {
  const loaded = parsed('[one]\nsize = "x"\n[boxes.a]\nsize = true\ntagg = 1\n');
  assert.deepEqual(lines(loaded), [
    "error f.toml:4:8 boxes.a.size is true, must be a number",
    'warning f.toml:5:8 unknown key "tagg" in boxes.a, it has no effect | did you mean "tag"?',
    'error f.toml:2:8 one.size is "x", must be a number',
  ]);
});

test("parseFile() leaves out the smallest part that stands alone, and keeps why", () => {
  const text = `[boxes.bad]
size = "x"
[boxes.good]
size = 1
[[rows]]
size = "x"
[[rows]]
size = 2
[[rows]]
size = "y"
`;
  const { value, broken } = parsed(text);
  assert.deepEqual(value, { boxes: { good: { size: 1 } }, rows: [{ size: 2 }] });
  assert.deepEqual([...broken].map(([part, { line }]) => [part, line]), [["boxes.bad", 2], ["rows[0]", 6], [
    "rows[2]",
    10,
  ]]);
});

test("parseFile() leaves out a whole section that is wrong, and keeps the rest", () => {
  const { value, broken } = parsed("rows = 3\n[one]\nsize = 1\n");
  assert.deepEqual(value, { one: { size: 1 } });
  assert.deepEqual([...broken.keys()], ["rows"]);
});

test("parseFile() keeps what stands beside an unknown key", () => {
  const { value, broken } = parsed("[one]\nsize = 1\nwhat = 2\n");
  assert.deepEqual([value, broken.size], [{ one: { size: 1 } }, 0]);
});

test("parseFile() lets the kind's own checks break a part", () => {
  const { value, broken } = parsed('[[rows]]\ntag = "forbidden"\n[[rows]]\nsize = 1\n');
  assert.deepEqual(value, { rows: [{ size: 1 }] });
  assert.equal(broken.get("rows[0]")?.message, "rows[0].tag is forbidden");
  assert.deepEqual([broken.get("rows[0]")?.line, broken.get("rows[0]")?.column], [2, 7]);
});

test("parseFile() keeps the first error of a part that has several", () => {
  assert.match(parsed('[one]\nsize = "x"\ntag = 3\n').broken.get("one")!.message, /one\.size/);
});

test("parseFile() says where a text stops being TOML, without repeating the line", () => {
  const loaded = parsed("[one]\ntag = sk-not-quoted-secret\n");
  assert.deepEqual([...loaded.broken.keys()], [""]);
  assert.deepEqual([loaded.value, loaded.exists], [{}, true]);
  assert.match(
    lines(loaded)[0]!,
    /^error f\.toml:2:7 is not TOML: .* \| put texts in quotes: key = "value"$/,
  );
  assert.ok(!lines(loaded).join().includes("secret"));
});

test("parseFile() hints at a table that stands there twice, and else at the language", () => {
  assert.match(lines(parsed("[one]\n[one]\n"))[0]!, /stands there twice: keep one$/);
  assert.match(lines(parsed("[one\n"))[0]!, /compare with: stakpak config sample$/);
});

test("loadFile() reads each time, and parses what has changed", async () => {
  const texts = ["[one]\nsize = 1\n", "[one]\nsize = 1\n", "[one]\nsize = 2\n", "[one", "[one]\nsize = 1\n"];
  const loaded = [];
  for (const text of texts) {
    loaded.push(await loadFile(fakeHost({ files: { "/f.toml": text } }), "/f.toml", "f.toml", KIND));
  }
  assert.deepEqual(loaded.map(({ value }) => value.one?.size), [1, 1, 2, undefined, 1]);
  assert.equal(loaded[0], loaded[1]);
  assert.deepEqual(loaded.map(({ broken }) => broken.size), [0, 0, 0, 1, 0]);
  const elsewhere = await loadFile(fakeHost({ files: { "/f.toml": texts[4]! } }), "/f.toml", "g.toml", KIND);
  assert.equal(elsewhere.file, "g.toml");
});

test("parseFile() survives keys that mean something to JavaScript", () => {
  for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
    const loaded = parsed(`[boxes.${name}]\nsize = "x"\n[${name}x]\n[boxes.b]\nsize = 1\n`);
    assert.equal(loaded.value.boxes?.b?.size, 1, name);
    assert.equal(({} as { size?: unknown }).size, undefined);
  }
});

test("parseFile() survives a table named constructor in the place of a list", () => {
  assert.match(
    lines(parsed('[rows.constructor]\nname = { tag = "x" }\n'))[0]!,
    /rows is a table, must be a list/,
  );
});

const PATH = "/home/ada/f.toml";
const load = (files: NonNullable<FakeMachine["files"]>) =>
  loadFile(fakeHost({ files }), PATH, "~/f.toml", KIND);

test("loadFile() takes a missing file for an empty one that does not exist", async () => {
  const loaded = await load({});
  assert.deepEqual([loaded.exists, loaded.value, loaded.problems, loaded.broken.size], [false, {}, [], 0]);
});

test("loadFile() reads through a link, and says when it leads nowhere", async () => {
  assert.deepEqual((await load({ [PATH]: { link: "/real" }, "/real": "[one]\nsize = 1\n" })).value, {
    one: { size: 1 },
  });
  assert.deepEqual(lines(await load({ [PATH]: { link: "/gone" } })), [
    "error ~/f.toml is a link to a file that does not exist",
  ]);
});

test("loadFile() makes what cannot be read a problem of the whole file", async () => {
  const loaded = await load({ [PATH]: { unreadable: true } });
  assert.deepEqual(lines(loaded), [
    `error ~/f.toml cannot be read: permission denied | see where it leads and who may read it: ls -ld ${PATH}`,
  ]);
  assert.ok(loaded.broken.has(""));
  assert.match(
    lines(await load({ [`${PATH}/x`]: "" }))[0]!,
    /cannot be read: it is a folder, must be a file/,
  );
});

test("loadFile() does not hide our own bugs", async () => {
  const host = { ...fakeHost(), readText: () => Promise.reject(new TypeError("bug")) };
  await assert.rejects(loadFile(host, PATH, "f", KIND), TypeError);
});

test("parseFile() refuses nesting that would end the program's stack, however it is written", () => {
  for (const text of [`x${".y".repeat(50_000)} = 1`, `x = ${"[".repeat(70)}${"]".repeat(70)}`]) {
    const { broken, value } = parsed(text);
    assert.match(broken.get("")!.message, /^is nested more than 64 levels deep$/);
    assert.deepEqual(value, {});
  }
});
