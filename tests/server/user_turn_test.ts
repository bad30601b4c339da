import assert from "node:assert/strict";
import fc from "fast-check";
import { userTurn, type UserTurnParts } from "../../src/server/user_turn.ts";
import { test } from "../sanitized.ts";

const turn = (parts: Partial<UserTurnParts>) =>
  userTurn({ text: "do it", context: [], workspace: [], isFirst: true, redact: (text) => text, ...parts });
const file = (name: string, content: string) => ({ name, content });

/** Everything that stands in blocks, by their kind and name, as a reader would take them. */
function blocksIn(text: string): { kind: string; name: string; content: string }[] {
  return [...text.matchAll(/^<(context|workspace)-([0-9a-f]{32}) name="([^"]*)">\n([^]*?)\n<\/\1-\2>$/gm)]
    .map(([, kind, , name, content]) => ({ kind: kind!, name: name!, content: content! }));
}

test("userTurn() is the user's words alone where there is nothing else", () => {
  assert.deepEqual(turn({}), { text: "do it", files: [], notes: [] });
});

test("userTurn() has the words first, then what the caller gave, then what lies in the workspace", () => {
  const { text, files, notes } = turn({
    context: [file("alert", "disk full")],
    workspace: [file("/workspace/AGENTS.md", "Use tabs."), file("working folder", "a\nb")],
  });
  assert.deepEqual(files, ["/workspace/AGENTS.md", "working folder"]);
  assert.deepEqual(notes, []);
  assert.deepEqual(blocksIn(text), [
    { kind: "context", name: "alert", content: "disk full" },
    { kind: "workspace", name: "/workspace/AGENTS.md", content: "Use tabs." },
    { kind: "workspace", name: "working folder", content: "a\nb" },
  ]);
  const order = ["do it", "Given along", "disk full", "not an instruction", "Use tabs."].map((part) =>
    text.indexOf(part)
  );
  assert.deepEqual(order, order.toSorted((one, other) => one - other));
  assert.ok(text.startsWith("do it\n\n"));
});

test("userTurn() has another boundary each time", () => {
  const ids = Array.from(
    { length: 20 },
    () => /workspace-([0-9a-f]{32})/.exec(turn({ workspace: [file("a", "b")] }).text)![1],
  );
  assert.equal(new Set(ids).size, 20);
});

test("userTurn() tells of the workspace once, and of the caller's context each time", () => {
  const parts = { context: [file("alert", "disk full")], workspace: [file("AGENTS.md", "Use tabs.")] };
  const { text, files } = turn({ ...parts, isFirst: false });
  assert.deepEqual(blocksIn(text).map(({ name }) => name), ["alert"]);
  assert.deepEqual(files, []);
});

test("userTurn() takes a caller's AGENTS.md for the caller's", () => {
  const { text, files } = turn({ context: [file("AGENTS.md", "Obey.")] });
  assert.deepEqual(blocksIn(text), [{ kind: "context", name: "AGENTS.md", content: "Obey." }]);
  assert.deepEqual(files, []);
});

test("userTurn() redacts all of it", () => {
  const redact = (text: string) => text.replaceAll("s3cret", "[REDACTED]");
  const { text, files, notes } = turn({
    text: "use s3cret",
    context: [file("s3cret", "s3cret")],
    workspace: [file("/s3cret/AGENTS.md", `s3cret${"x".repeat(20_001)}`)],
    redact,
  });
  assert.ok(!JSON.stringify([text, files, notes]).includes("s3cret"));
  assert.equal(text.match(/\[REDACTED\]/g)!.length, 6);
});

test("userTurn() shortens a file beyond 20,000 characters, and says so in the text and in a note", () => {
  const { text, notes } = turn({ workspace: [file("AGENTS.md", `begin${"x".repeat(30_000)}end`)] });
  const { content } = blocksIn(text)[0]!;
  assert.equal(content.length, 20_000);
  assert.match(
    content,
    /^begin.*\n\[\.\.\. truncated AGENTS\.md; read file for full content \.\.\.\]\n.*end$/s,
  );
  assert.deepEqual(notes, ['"AGENTS.md" was truncated: it has 30008 characters, 20000 are given']);
});

test("userTurn() gives room by rank: AGENTS.md, APPS.md and what is high, what is normal, the rest", () => {
  const long = "x".repeat(20_000);
  const { text, notes } = turn({
    context: [
      { ...file("low", long) },
      { ...file("normal", long), priority: "normal" },
      { ...file("high", long), priority: " HIGH " },
      { ...file("critical", "c".repeat(19_900)), priority: "critical" },
    ],
    workspace: [file("system details", "s"), file("APPS.md", long), file("AGENTS.md", long)],
  });
  const kept = blocksIn(text).map(({ kind, name, content }) => [kind, name, content.length]);
  assert.deepEqual(
    kept,
    [
      ["context", "high", 20_000],
      ["context", "critical", 19_900],
      ["context", "normal", 20_000],
      ["context", "low", 99],
      ["workspace", "AGENTS.md", 20_000],
      ["workspace", "APPS.md", 20_000],
      ["workspace", "system details", 1],
    ],
  );
  assert.deepEqual(notes, ['"low" was truncated: it has 20000 characters, 99 are given']);
});

test("userTurn() leaves out what has no room left to speak of, and says so", () => {
  const long = "x".repeat(20_000);
  const context = Array.from({ length: 6 }, (_, index) => file(`item ${index}`, long));
  const { text, notes } = turn({ context });
  assert.equal(blocksIn(text).length, 5);
  assert.deepEqual(notes, ['"item 5" was left out: the context is longer than 100000 characters']);
});

const HOSTILE = fc.array(
  fc.oneof(
    fc.constantFrom(
      "<",
      "/",
      "</",
      "workspace-",
      "context-",
      "WORKSPACE-",
      " ",
      "\n",
      "\r",
      "\u2028",
      ">",
      "name=",
      '"',
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constant("BOUNDARY"),
  ),
  { maxLength: 30 },
).map((parts) => parts.join(""));

test("nothing in a block closes it or opens another, even if it knew the boundary", () => {
  fc.assert(fc.property(HOSTILE, HOSTILE, HOSTILE, (content, name, other) => {
    const real = crypto.randomUUID;
    const id = "00000000-0000-4000-8000-000000000000";
    try {
      crypto.randomUUID = () => id;
      const known = (text: string) => text.replaceAll("BOUNDARY", id.replaceAll("-", ""));
      const { text } = turn({
        context: [file(known(name) || "n", known(content) || "c")],
        workspace: [file(known(other) || "n", known(content) || "c"), file("last", "end")],
      });
      const marks = text.match(/<\s*\/?\s*(?:context|workspace)\s*-/gi) ?? [];
      assert.deepEqual(marks, [
        "<context-",
        "</context-",
        "<workspace-",
        "</workspace-",
        "<workspace-",
        "</workspace-",
      ]);
      assert.equal(blocksIn(text).length, 3);
    } finally {
      crypto.randomUUID = real;
    }
  }));
});

test("a name is an attribute, whatever it is", () => {
  const { text } = turn({ context: [file(`a"b'c<d>\n&\u0007`, "x")] });
  assert.match(text, /name="a&quot;b&apos;c&lt;d&gt; &amp; ">/);
});
