import assert from "node:assert/strict";
import type { Scenario } from "./scenario.ts";
import { answer, answersIn, begun, call, letGo, timesRun, toolsIn, waiting } from "./spoken.ts";

const view = (path: string) => call("view", { path });

/** Calls of tools, and what the model is told of them. */
export const TOOL_SCENARIOS: readonly Scenario[] = [
  {
    name: "a tool round: the model calls, is answered, and ends",
    script: () => [
      { say: "Let me see.", calls: [call("run_command", { command: "echo from-the-tool" })] },
      { say: "It says so." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.match(answer(play), /from-the-tool/);
      assert.deepEqual(play.events.seen.find(({ name }) => name === "run_started")?.fields, {
        ...play.events.seen.find(({ name }) => name === "run_started")?.fields,
        profile: play.profile("free"),
      });
    },
  },
  {
    name: "calls that only look run beside one another, and their answers come in the order of the calls",
    needs: "inside",
    script: () => [
      { calls: [call("run_command", { command: "echo 1 > one; echo 2 > two; echo 3 > three" })] },
      { calls: [view("three"), view("one"), view("two")] },
      { say: "Seen." },
    ],
    async during({ events, inside }) {
      const { gate } = await import("./gate.ts");
      const held = gate();
      inside!.boxes.holdCalls("stakpak__view", held);
      // None of them can end before all have begun.
      const started = () => events.seen.filter(({ name }) => name === "tool_execution_started").length;
      await events.until("tool_execution_started", () => started() === 4);
      inside!.boxes.holdCalls("stakpak__view", undefined);
      held.open();
    },
    ends: { stopped: "completed" },
    check({ script }) {
      const told = [...answersIn(script.requests.at(-1)!).values()].slice(-3);
      assert.deepEqual(told.map((text) => /\b([123])$/m.exec(text)?.[1]), ["3", "1", "2"]);
    },
  },
  {
    name: "of several calls, those that change something run one after the other",
    script: () => [
      {
        calls: ["a", "b", "c"].map((letter) =>
          call("run_command", { command: `echo ${letter} >> log; cat log` })
        ),
      },
      { say: "Done." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.deepEqual([0, 1, 2].map((n) => answer(play, n).match(/^[abc]$/gm)), [["a"], ["a", "b"], [
        "a",
        "b",
        "c",
      ]]);
    },
  },
  {
    name: "a tool that fails is told to the model as a failure, and the run goes on",
    script: () => [
      { calls: [call("run_command", { command: "echo nope >&2; exit 3" })] },
      { calls: [view("not-there")] },
      { say: "It fails." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.match(answer(play), /nope[^]*exited with code 3/);
      assert.match(answer(play, 1), /FILE_NOT_FOUND/);
      const done = play.events.seen.filter(({ name }) => name === "tool_execution_completed");
      assert.deepEqual(done.map(({ fields }) => (fields as { is_error: boolean }).is_error), [true, true]);
      if (play.wire === "anthropic") {
        assert.match(play.script.requests.at(-1)!.text, /"is_error":true/);
      }
    },
  },
  {
    name: "a tool that there is not is told so, and nothing is carried out",
    script: () => [
      { calls: [call("stakpak__no_such_tool", {}), call("evil__run_command", { command: "touch evil" })] },
      { say: "A pity." },
    ],
    ends: { stopped: "completed" },
    async check(play) {
      assert.ok(answer(play, 0).length > 10 && answer(play, 1).length > 10);
      assert.equal(await timesRun(play, "evil"), 0);
      assert.deepEqual(play.events.seen.filter(({ name }) => name === "tool_execution_started"), []);
    },
  },
  {
    name: "arguments that are no JSON are told to the model, and nothing is carried out",
    script: () => [
      {
        calls: [call("run_command", { command: "touch evil.MANGLED" })],
        mangle: (text) => text.replaceAll(/\.MANGLED\\+"\}/g, ""),
      },
      { say: "My mistake." },
    ],
    ends: { stopped: "completed" },
    async check(play) {
      assert.ok(answer(play).length > 10);
      await assert.rejects(Deno.stat(`${play.folder}/evil`));
    },
  },
  {
    name: "arguments that the tool does not take are told to the model",
    script: () => [
      {
        calls: [
          call("view", { path: 5, what: true }),
          call("view", {}),
          call("view", [1]),
          call("view", "text"),
        ],
      },
      { say: "My mistake." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      for (const n of [0, 1, 2, 3]) assert.match(answer(play, n), /INVALID|Cannot|argument|object/i);
    },
  },
  {
    name: "two turns may use one id for their calls",
    script: () => [
      {
        calls: [
          call("run_command", { command: "echo first" }, "call_0"),
          call("run_command", { command: "echo second" }, "call_1"),
        ],
      },
      { calls: [call("run_command", { command: "echo third" }, "call_0")] },
      { say: "All three." },
    ],
    ends: { stopped: "completed" },
    check({ script }) {
      const text = script.requests.at(-1)!.text;
      assert.ok(
        text.indexOf("first") < text.indexOf("second") && text.indexOf("second") < text.indexOf("third"),
      );
    },
  },
  {
    name: "two calls of one turn may have one id: each is answered",
    script: () => [
      {
        calls: [
          call("run_command", { command: "echo first" }, "same"),
          call("run_command", { command: "echo second" }, "same"),
        ],
      },
      { say: "Both." },
    ],
    ends: { stopped: "completed" },
    check({ script }) {
      assert.match(script.requests.at(-1)!.text, /first[^]*second/);
    },
  },
  {
    name: "a long result is cut, with its end kept, and the model is told",
    script: () => [
      {
        calls: [
          call("run_command", { command: "touch END.txt; seq 1 60000 | tr '\\n' ' '; echo THE-VERY-END" }),
        ],
      },
      { say: "Long." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.match(answer(play), /THE-VERY-END/);
      assert.ok(new TextEncoder().encode(answer(play)).length <= 68 * 1024, `${answer(play).length}`);
    },
  },
  {
    name: "the same call that fails three times ends the run",
    script: () => Array.from({ length: 3 }, () => ({ calls: [call("view", { path: "not-there" })] })),
    ends: { failed: "repeated_failure" },
  },
  {
    name: "a tool outside allowed_tools does not exist for the run, whatever auto_approve says",
    start: ({ profile }) => ({ profile: profile("report") }),
    script: () => [
      { calls: [call("run_command", { command: "touch evil" }), call("view", { path: "." })] },
      { say: "I may only look." },
    ],
    ends: { stopped: "completed" },
    async check(play) {
      assert.deepEqual(toolsIn(play.script.requests[0]!), ["stakpak__view"]);
      assert.match(answer(play), /allowed_tools|not/i);
      await assert.rejects(Deno.stat(`${play.folder}/evil`));
    },
  },
  {
    name: "a profile whose allowed_tools is empty has no tools",
    start: ({ profile }) => ({ profile: profile("mute") }),
    script: () => [{ say: "I have none." }],
    ends: { stopped: "completed" },
    check: ({ script }) => assert.deepEqual(toolsIn(script.requests[0]!), []),
  },
  {
    name: "a session without a sandbox has no tools, and its first event says so",
    needs: "boxes",
    start: () => ({ sandbox: false }),
    script: () => [{ calls: [call("run_command", { command: "touch evil" })] }, { say: "I have none." }],
    ends: { stopped: "completed" },
    check({ script, events }) {
      assert.deepEqual(toolsIn(script.requests[0]!), []);
      const started = events.seen.find(({ name }) => name === "run_started")!.fields as { tools: string };
      assert.equal(started.tools, "none");
    },
  },
  {
    name: "what a tool prints of a secret is a placeholder for the model, and the secret again for our tools",
    script: () => [
      {
        calls: [
          call("run_command", {
            command:
              "printf 'AKIA%s\\n' IOSFODNN7QKZJPLE | tee key; printf 'token=ghp_%s\\n' 9aBcD3eF6gH1iJ4kL7mN0oP2qR5sT8uVwX1y",
          }),
        ],
      },
      (request) => {
        const told = [...answersIn(request).values()].join();
        const placeholder = /\[REDACTED_SECRET:[^\]]+\]/.exec(told)?.[0] ?? "none";
        return { calls: [call("create", { path: "again", file_text: placeholder })] };
      },
      { calls: [call("run_command", { command: "cmp -n 20 key again && echo SAME" })] },
      { say: "Kept." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.doesNotMatch(
        play.script.requests.map(({ text }) => text).join(),
        /AKIAIOSFODNN7QKZJPLE|ghp_9aBc/,
      );
      assert.match(answer(play, 2), /SAME/);
    },
  },
  {
    name: "a command that is under way is shown, and its run goes on when it ends",
    script: () => [{ calls: [waiting("slowly")] }, { say: "At last." }],
    async during(play) {
      await begun(play, "slowly");
      const { status, body } = await play.client.pending(play.sessionId);
      assert.deepEqual([status, body.tool_calls], [200, []]);
      await letGo(play, "slowly");
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.equal(await timesRun(play, "slowly"), 1);
      assert.match(answer(play), /slowly done/);
    },
  },
  {
    name:
      "a box that is lost in the middle of a call: nobody can say whether it ran, and it is not sent again",
    needs: "inside",
    script: () => [{ calls: [waiting("lost")] }, { say: "Who knows." }],
    async during(play) {
      await begun(play, "lost");
      play.inside!.boxes.lose();
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.equal(await timesRun(play, "lost"), 1);
      assert.match(answer(play), /unknown|may have/i);
    },
  },
  {
    name: "there is no sandbox to be had: the run ends, and says why",
    needs: "inside",
    before: ({ boxes }) => boxes.refuse("Cannot start a sandbox: there is none today"),
    script: () => [],
    ends: { failed: "sandbox_unavailable" },
    check({ events, inside }) {
      inside!.boxes.refuse(undefined);
      assert.match(JSON.stringify(events.seen.at(-1)!.fields), /there is none today/);
    },
  },
];
