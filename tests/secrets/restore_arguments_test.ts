// deno-lint-ignore-file camelcase -- the arguments of the tools
import { deepEqual, equal } from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { restoreArguments } from "../../src/secrets/restore_arguments.ts";
import { test } from "../sanitized.ts";

function session() {
  const redactor = new Redactor();
  redactor.add("sealed-value-1");
  return {
    redactor,
    sealed: redactor.redact("sealed-value-1"),
    plain: redactor.see("hunter22xy", "password"),
    odd: redactor.see("hunter 22; rm -rf /", "password"),
    short: redactor.see("hunter2", "password"),
  };
}

const NOT_IN_A_COMMAND = "this secret cannot be used in a command line; read it from its file";
const NO_LONGER_HELD = "this value is no longer held; read it again";
const GONE = "[REDACTED_SECRET:password:abc234]";

test("restoreArguments() fills a command of ours, and says what it filled", () => {
  const { redactor, plain } = session();
  const input = { command: `login -p ${plain} --again=${plain}`, description: plain };
  deepEqual(restoreArguments({ tool: "stakpak__run_command", ours: true, input }, redactor), {
    arguments: { command: "login -p hunter22xy --again=hunter22xy", description: plain },
    fills: [{ placeholder: plain, argument: "command" }, { placeholder: plain, argument: "command" }],
    kept: [{ placeholder: plain, argument: "description" }],
  });
});

test("restoreArguments() puts no value into a command that a shell could take for more than a word", () => {
  const { redactor, odd, short } = session();
  for (const placeholder of [odd, short]) {
    for (const tool of ["run_command", "stakpak__run_command_task"]) {
      const input = { command: `echo ${placeholder}` };
      deepEqual(restoreArguments({ tool, ours: true, input }, redactor), { refused: NOT_IN_A_COMMAND });
    }
  }
});

test("restoreArguments() fills whole values of create and str_replace, whatever is in them", () => {
  const { redactor, odd, plain } = session();
  const input = { path: "/w/a", old_str: odd, new_str: plain, replace_all: true };
  const restored = restoreArguments({ tool: "stakpak__str_replace", ours: true, input }, redactor);
  deepEqual(restored.refused === undefined && restored.arguments, {
    path: "/w/a",
    old_str: "hunter 22; rm -rf /",
    new_str: "hunter22xy",
    replace_all: true,
  });
});

test("restoreArguments() leaves a placeholder that is part of a value, and marks the call", () => {
  const { redactor, plain } = session();
  const input = { path: "/w/a", file_text: `password = "${plain}"` };
  deepEqual(restoreArguments({ tool: "create", ours: true, input }, redactor), {
    arguments: input,
    fills: [],
    kept: [{ placeholder: plain, argument: "file_text" }],
  });
});

test("restoreArguments() refuses a call that wants a sealed value, and leaves it where it is only spoken of", () => {
  const { redactor, sealed } = session();
  const wants = [
    ["run_command", { command: `echo ${sealed}` }],
    ["create", { file_text: sealed }],
  ] as const;
  for (const [tool, input] of wants) {
    deepEqual(restoreArguments({ tool, ours: true, input }, redactor), {
      refused: "this secret is sealed: no tool is ever given it",
    });
  }
  const report = { file_text: `The log has ${sealed} in it.` };
  deepEqual(restoreArguments({ tool: "create", ours: true, input: report }, redactor), {
    arguments: report,
    fills: [],
    kept: [{ placeholder: sealed, argument: "file_text" }],
  });
});

test("restoreArguments() fills nothing for other tools, and for tools of others", () => {
  const { redactor, plain } = session();
  for (
    const [tool, ours] of [["view", true], ["view_web_page", true], ["run_command", false], [
      "create",
      false,
    ]] as const
  ) {
    const input = { command: plain, file_text: plain, list: [{ path: plain }] };
    const restored = restoreArguments({ tool, ours, input }, redactor);
    deepEqual(restored.refused === undefined && [restored.arguments, restored.fills], [input, []]);
    deepEqual(restored.refused === undefined && restored.kept.at(-1)?.argument, "list[0].path");
  }
});

test("restoreArguments() refuses a placeholder of an earlier process", () => {
  const { redactor } = session();
  for (const input of [{ command: `echo ${GONE}` }, { list: [GONE] }]) {
    deepEqual(restoreArguments({ tool: "run_command", ours: true, input }, redactor), {
      refused: NO_LONGER_HELD,
    });
  }
});

test("restoreArguments() does not look again at what it filled in", () => {
  const { redactor, plain } = session();
  const nested = redactor.see(plain, "password");
  const input = { file_text: nested };
  const restored = restoreArguments({ tool: "create", ours: true, input }, redactor);
  deepEqual(restored.refused === undefined && restored.arguments, { file_text: plain });
});

test("restoreArguments() takes whatever a model wrote", () => {
  const { redactor } = session();
  for (const input of [undefined, null, 5, "text", [], [[1]], { a: null }]) {
    const restored = restoreArguments({ tool: "create", ours: true, input }, redactor);
    deepEqual(restored.refused === undefined && restored.arguments, input);
  }
  equal(restoreArguments({ tool: "", ours: true, input: {} }, redactor).refused, undefined);
});
