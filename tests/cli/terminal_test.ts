import assert from "node:assert/strict";
import { terminalOn } from "../../src/cli/terminal.ts";
import { UserError } from "../../src/domain/error.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

function on(machine: FakeMachine, color = true) {
  const host = fakeHost(machine);
  return {
    host,
    terminal: terminalOn(host, { color, redact: (text) => text.replaceAll("hunter22", "[gone]") }),
  };
}

test("a terminal prints data to stdout and everything else to stderr", () => {
  const { host, terminal } = on({});
  terminal.print("data");
  terminal.note("a remark");
  terminal.warn("mind this");
  assert.equal(host.stdout(), "data\n");
  assert.equal(host.stderr(), "a remark\nwarning: mind this\n");
});

test("a terminal shows a user's error as two lines, without a stack", () => {
  const { host, terminal } = on({});
  terminal.fail(new UserError("Cannot do it: because", { hint: "do that" }));
  assert.equal(host.stderr(), "error: Cannot do it: because\nhint: do that\n");
});

test("a terminal shows our own bugs with the stack and where to report them", () => {
  const { host, terminal } = on({});
  terminal.bug(new TypeError("oops"));
  assert.match(
    host.stderr(),
    /^error: stakpak has a bug: TypeError: oops\n {4}at [^]*hint: report it at https:/,
  );
});

test("a terminal redacts all that it says", () => {
  const { host, terminal } = on({});
  terminal.print("hunter22");
  terminal.note("hunter22");
  terminal.fail(new UserError("hunter22", { hint: "hunter22" }));
  terminal.bug(new Error("hunter22"));
  assert.doesNotMatch(host.stdout() + host.stderr(), /hunter22/);
});

test("a terminal reveals what its owner asked for, and still nothing that acts on it", () => {
  const { host, terminal } = on({});
  terminal.reveal("hunter22\x1b[2J");
  assert.equal(host.stdout(), "hunter22\\u{1b}[2J\n");
});

test("a terminal shows what would act on it as what it is, and keeps lines apart", () => {
  const { host, terminal } = on({});
  terminal.print("a\nb\x1b[2J");
  terminal.note("\x9b31m");
  terminal.fail(new UserError("\x07", { hint: "\u202e" }));
  assert.equal(host.stdout(), "a\nb\\u{1b}[2J\n");
  assert.equal(host.stderr(), "\\u{9b}31m\nerror: \\u{7}\nhint: \\u{202e}\n");
  terminal.show("\x1b[1mpainted");
  assert.ok(host.stdout().endsWith("\x1b[1mpainted\n"));
});

test("a terminal writes a piece as it is: no line is ended, tabs stay, nothing acts", () => {
  const { host, terminal } = on({});
  terminal.write("\thunter22\x1b[2J");
  terminal.write("b");
  assert.equal(host.stdout(), "\t[gone]\\u{1b}[2Jb");
});

test("a terminal asks on stderr, and answers with the line that is typed", async () => {
  const { host, terminal } = on({ terminal: true, stdin: "yes\n" });
  assert.ok(terminal.asks);
  const { signal } = new AbortController();
  assert.equal(await terminal.ask("Allow hunter22?\x07", signal), "yes");
  assert.equal(host.stderr(), "Allow [gone]?\\u{7} ");
  assert.equal(await terminal.ask("Really?", signal), undefined);
});

test("a terminal asks nobody where stdin is none", () => {
  assert.equal(on({}).terminal.asks, false);
});

const COLOURED: readonly [string, FakeMachine, boolean, boolean][] = [
  ["a terminal", { terminal: true }, true, true],
  ["a pipe", { terminal: false }, true, false],
  ["NO_COLOR=1", { terminal: true, env: { NO_COLOR: "1" } }, true, false],
  ["an empty NO_COLOR", { terminal: true, env: { NO_COLOR: "" } }, true, true],
  ["TERM=dumb", { terminal: true, env: { TERM: "dumb" } }, true, false],
  ["--no-color", { terminal: true }, false, false],
];

for (const [name, machine, asked, wanted] of COLOURED) {
  test(`colour is ${wanted ? "on" : "off"} for ${name}`, () => {
    const { host, terminal } = on(machine, asked);
    assert.equal(terminal.color, wanted);
    terminal.warn("x");
    assert.equal(host.stderr().includes("\x1b["), wanted);
  });
}

test("COLUMNS wins over the terminal's own width, unless it is nonsense", () => {
  assert.equal(on({ columns: 120, env: { COLUMNS: "40" } }).terminal.columns, 40);
  assert.equal(on({ columns: 120, env: { COLUMNS: "wide" } }).terminal.columns, 120);
});
