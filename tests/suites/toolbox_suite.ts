import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type CallOptions, type Toolbox, ToolboxGone } from "../../src/domain/toolbox.ts";
import type { FakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";

/** A toolbox with the tools of `fakeTools()` in it. */
export interface Staged extends AsyncDisposable {
  readonly toolbox: Toolbox;
  readonly fakes: FakeTools;
  /** Where every call works, whatever session it names. Absent: each in its own folder of `/work`. */
  readonly folder?: string;
  /** Takes away whoever carries out the calls, as a power cut would. */
  kill(): Promise<void>;
}

const never = new AbortController().signal;

/** What every {@linkcode Toolbox} keeps to. */
export function toolboxSuite(what: string, stage: () => Promise<Staged>): void {
  const call = (toolbox: Toolbox, name: string, input: unknown = {}, how: Partial<CallOptions> = {}) =>
    toolbox.call({ id: "call-1", name: `stakpak__${name}`, input }, { signal: never, ...how });

  test(`${what} lists every tool by its name behind the prefix, with its schema`, async () => {
    await using staged = await stage();
    const listed = await staged.toolbox.list(never);
    deepEqual(listed.map(({ name }) => name), staged.fakes.tools.map(({ name }) => `stakpak__${name}`));
    deepEqual(listed[0]!.inputSchema.required, ["text"]);
    equal(listed[0]!.description, "for a test");
  });

  test(`${what} gives the text of a call under the call's id`, async () => {
    await using staged = await stage();
    deepEqual(await call(staged.toolbox, "echo", { text: "héllo\n\u0000" }), {
      callId: "call-1",
      text: "héllo\n\u0000",
      isError: false,
    });
  });

  test(`${what} gives a tool's failure as its code and sentence`, async () => {
    await using staged = await stage();
    const { text, isError } = await call(staged.toolbox, "fail");
    deepEqual({ text, isError }, { text: "FILE_NOT_FOUND\nit is not there", isError: true });
  });

  test(`${what} gives a tool's bug as a failure that says nothing of it`, async () => {
    await using staged = await stage();
    const { text, isError } = await call(staged.toolbox, "broken");
    deepEqual({ text, isError }, {
      text: "INTERNAL_ERROR\nbroken failed for a reason of its own",
      isError: true,
    });
  });

  test(`${what} refuses unknown tools and wrong arguments as failures, and runs nothing`, async () => {
    await using staged = await stage();
    for (
      const [name, input] of [["nothing", {}], ["echo", {}], ["echo", { text: 1 }], ["echo", "text"], [
        "echo",
        { text: "a", more: 1 },
      ]] as const
    ) {
      const { text, isError } = await call(staged.toolbox, name, input);
      ok(isError, text);
      match(text, /^(INVALID_ARGUMENTS|MCP_ERROR)\n./);
    }
    deepEqual(staged.fakes.ran, []);
  });

  test(`${what} carries long arguments and long results whole`, async () => {
    await using staged = await stage();
    const text = "häh\n".repeat(500_000);
    equal((await call(staged.toolbox, "echo", { text })).text, text);
    equal((await call(staged.toolbox, "many", { characters: 10_000_000 })).text.length, 10_000_000);
  });

  test(`${what} carries many calls at a time, each to its own result`, async () => {
    await using staged = await stage();
    const texts = Array.from({ length: 32 }, (_, index) => `${index}`);
    const results = await Promise.all(texts.map((text) => call(staged.toolbox, "echo", { text })));
    deepEqual(results.map(({ text }) => text), texts);
  });

  test(`${what} lets each session work in a folder of its own, and nobody's calls in the workspace`, async () => {
    await using staged = await stage();
    const sessions = [{ session: "a-1" }, { session: "b-2" }, {}];
    const folders = await Promise.all(sessions.map((whose) => call(staged.toolbox, "where", {}, whose)));
    const own = ["/work/a-1", "/work/b-2", "/work"];
    deepEqual(folders.map(({ text }) => text), staged.folder ? own.map(() => staged.folder) : own);
  });

  test(`${what} tells of progress before the result, and at last the newest`, async () => {
    await using staged = await stage();
    const told: string[] = [];
    await call(staged.toolbox, "report", { says: ["first"] }, {
      onProgress: (message) => told.push(message),
    });
    deepEqual(told, ["first"]);
  });

  test(`${what} rejects with the signal's reason, and the tool is told to end`, async () => {
    await using staged = await stage();
    const ending = new AbortController();
    const reason = new Error("enough");
    const waiting = call(staged.toolbox, "wait", {}, { signal: ending.signal });
    const ended = staged.fakes.ended();
    await staged.fakes.waiting();
    ending.abort(reason);
    await rejects(waiting, reason);
    await ended;
    equal((await call(staged.toolbox, "echo", { text: "still there" })).text, "still there");
  });

  test(`${what} starts nothing under a signal that has aborted`, async () => {
    await using staged = await stage();
    const reason = new Error("too late");
    await rejects(call(staged.toolbox, "echo", { text: "" }, { signal: AbortSignal.abort(reason) }), reason);
    await rejects(staged.toolbox.list(AbortSignal.abort(reason)), reason);
    deepEqual(staged.fakes.ran, []);
  });

  test(`${what} ends a call at its deadline, as a failure, and the tool is told to end`, async () => {
    await using staged = await stage();
    const ended = staged.fakes.ended();
    const { text, isError } = await call(staged.toolbox, "wait", {}, { deadlineMs: 50 });
    deepEqual({ text, isError }, {
      text: "TOOL_CALL_TIMED_OUT\nNo answer within 0.05 s: cancelled",
      isError: true,
    });
    await ended;
  });

  test(`${what} says ToolboxGone when it goes away in the middle of a call: it may have run`, async () => {
    await using staged = await stage();
    const waiting = call(staged.toolbox, "wait");
    await staged.fakes.waiting();
    const gone = rejects(waiting, (error) => error instanceof ToolboxGone && error.mayHaveRun);
    await staged.kill();
    await gone;
  });

  test(`${what} says ToolboxGone when it is gone, and never lists fewer tools`, async () => {
    await using staged = await stage();
    await staged.toolbox.list(never);
    await staged.kill();
    await rejects(staged.toolbox.list(never), ToolboxGone);
    await rejects(
      call(staged.toolbox, "echo", { text: "" }),
      (error) => error instanceof ToolboxGone && !error.mayHaveRun,
    );
    deepEqual(staged.fakes.ran, []);
  });
}
