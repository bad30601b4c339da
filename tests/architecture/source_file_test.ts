import { deepEqual, equal } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { parse } from "./source_file.ts";

test("parse finds every way to import, and no import in a string or a comment", () => {
  const { imports } = parse(
    "src/a/b.ts",
    `import a from "./1.ts";
import type { B } from "./2.ts";
export { c } from "./3.ts";
export * from "./4.ts";
const d = await import("./5.ts");
let e: import("./6.ts").E;
// import "./no.ts";
const f = 'import "./no.ts"';`,
  );
  deepEqual(imports.map(({ specifier, line }) => [specifier, line]), [
    ["./1.ts", 1],
    ["./2.ts", 2],
    ["./3.ts", 3],
    ["./4.ts", 4],
    ["./5.ts", 5],
    ["./6.ts", 6],
  ]);
});

test("parse measures functions, methods and arrows by their lines", () => {
  const { functions } = parse(
    "src/a/b.ts",
    `function one() {
}
class C { two(): void {

  } }
const three = () =>
  1;
declare function four(): void;`,
  );
  deepEqual(functions.map(({ name, line, lines }) => [name, line, lines]), [
    ["one", 1, 2],
    ["two", 3, 3],
    ["three", 6, 2],
  ]);
});

test("parse finds the name Deno, but not in strings, comments or as a property", () => {
  const { denoLines } = parse(
    "src/a/b.ts",
    `// Deno.exit
const a = "Deno.exit";
x.Deno;
Deno.exit;
let b: Deno.Command;`,
  );
  deepEqual(denoLines, [4, 5]);
});

test("parse tells exports that can be called from values and types", () => {
  const { exports, lines } = parse(
    "src/a/b.ts",
    `export function f() {}
export const g = () => 1;
export const H: Probe = { id: "h" };
export class E extends Error {}
export class R { redact() {} }
export type T = string;
function hidden() {}
`,
  );
  deepEqual(exports.map(({ name, callable, type }) => [name, callable, type]), [
    ["f", true, undefined],
    ["g", true, undefined],
    ["H", false, "Probe"],
    ["E", false, undefined],
    ["R", true, undefined],
  ]);
  equal(lines, 7);
});
