import assert from "node:assert/strict";
import { gate } from "./gate.ts";
import type { Play, Scenario } from "./scenario.ts";
import { accepted, answer, begun, call, letGo, timesRun, waiting } from "./spoken.ts";
import type { Scripted } from "./steps.ts";

const counted = (name: string, id: string) =>
  call("run_command", { command: `echo x >> ${name}.count; echo ${name} ran` }, id);

/** The ids of the calls that wait, as the event says them. */
async function waitingIds({ events }: Play): Promise<readonly string[]> {
  return (await events.until("waiting_for_tool_approval")).fields.pending_tool_call_ids;
}

const asks = ({ profile }: { profile(kind: string): string }) => ({
  profile: profile("asks"),
  pauseOnApproval: true,
});

/** A model that is held in its first turn until the test lets it answer. */
function heldFirst(first: Scripted & object, rest: readonly Scripted[]): readonly Scripted[] {
  return [{ ...first, hold: gate() }, ...rest];
}

/** What people say while a run is under way, and what they decide. */
export const PEOPLE_SCENARIOS: readonly Scenario[] = [
  {
    name:
      "steering while a tool runs reaches the model in its next turn, and calls that had not begun are skipped",
    script: () => [
      { calls: [waiting("first", "c1"), counted("second", "c2")] },
      { say: "As you wish." },
    ],
    async during(play) {
      await begun(play, "first");
      accepted(await play.client.send(play.sessionId, play.runId, "steering", "STEER-LEFT"));
      accepted(await play.client.send(play.sessionId, play.runId, "steering", "STEER-MORE"));
      await letGo(play, "first");
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(play.script.requests[1]!.text, /STEER-LEFT[^]*STEER-MORE/);
      const told = play.events.seen.filter(({ name }) => name === "user_message").map(({ fields }) => fields);
      assert.deepEqual(told, [
        { kind: "steering", text: "STEER-LEFT" },
        { kind: "steering", text: "STEER-MORE" },
      ]);
      assert.match(answer(play), /first done/);
      assert.match(answer(play, 1), /steer|skip/i);
      assert.equal(await timesRun(play, "second"), 0);
    },
  },
  {
    name: "steering during the model's last answer is not dropped: the model is asked once more",
    script: () => heldFirst({ say: "I am done." }, [{ say: "Not quite." }]),
    async during(play) {
      await play.events.until("turn_started");
      accepted(await play.client.send(play.sessionId, play.runId, "steering", "STEER-LATE"));
      play.release();
    },
    ends: { stopped: "completed" },
    check: ({ script }) => assert.match(script.requests[1]!.text, /I am done\.[^]*STEER-LATE/),
  },
  {
    name: "a follow-up waits for the end of the answer, and then goes on in the same run",
    script: () => [{ calls: [waiting("tool")] }, { say: "First done." }, { say: "Second done." }, {
      say: "Third done.",
    }],
    async during(play) {
      await begun(play, "tool");
      accepted(await play.client.send(play.sessionId, play.runId, "follow_up", "THEN-THIS"));
      accepted(await play.client.send(play.sessionId, play.runId, "follow_up", "THEN-THAT"));
      await letGo(play, "tool");
    },
    // Both at once or one after the other: each has to reach the model behind the first answer.
    ends: { stopped: "completed" },
    spare: 1,
    check({ script }) {
      assert.doesNotMatch(script.requests[1]!.text, /THEN-/);
      assert.match(script.requests.at(-1)!.text, /First done\.[^]*THEN-THIS[^]*THEN-THAT/);
    },
  },
  {
    name: "steering and follow-ups for a run that is not there are refused",
    script: () => heldFirst({ say: "Here." }, []),
    async during(play) {
      const other = await play.client.send(play.sessionId, crypto.randomUUID(), "steering", "WRONG-RUN");
      assert.deepEqual([other.status, other.body.code], [409, "run_mismatch"]);
      play.release();
      await play.events.end(play.runId);
      const late = await play.client.send(play.sessionId, play.runId, "follow_up", "TOO-LATE");
      assert.deepEqual([late.status, late.body.code], [409, "session_not_running"]);
    },
    ends: { stopped: "completed" },
    check: ({ provider }) =>
      assert.ok(!provider.requests.some(({ text }) => /WRONG-RUN|TOO-LATE/.test(text))),
  },
  {
    name: "a call that asks waits with no worker held, is approved, and is carried out once",
    needs: "boxes",
    start: asks,
    script: () => [{ say: "May I?", calls: [counted("asked", "c1"), call("view", { path: "." }, "c2")] }, {
      say: "Thanks.",
    }],
    async during(play) {
      assert.equal((await waitingIds(play)).length, 1);
      const { body } = await play.client.pending(play.sessionId);
      assert.deepEqual([body.run_id, body.tool_calls.length, body.tool_calls[0].name], [
        play.runId,
        1,
        "stakpak__run_command",
      ]);
      assert.equal(await timesRun(play, "asked"), 0);
      accepted(
        await play.client.decide(play.sessionId, play.runId, {
          [body.tool_calls[0].id]: { action: "accept" },
        }),
      );
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.equal(await timesRun(play, "asked"), 1);
      assert.match(answer(play), /asked ran/);
    },
  },
  {
    name: "a call is rejected with a reason, and the model reads it",
    needs: "boxes",
    start: asks,
    script: () => [{ calls: [counted("no", "c1")] }, { say: "I see." }],
    async during(play) {
      const [id] = await waitingIds(play);
      accepted(
        await play.client.decide(play.sessionId, play.runId, {
          [id!]: { action: "reject", content: "NOT-ON-FRIDAYS" },
        }),
      );
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(answer(play), /NOT-ON-FRIDAYS/);
      assert.equal(await timesRun(play, "no"), 0);
      const rejected = play.events.seen.find(({ name }) => name === "tool_rejected")!.fields as {
        reason: string;
      };
      assert.match(rejected.reason, /NOT-ON-FRIDAYS/);
    },
  },
  {
    name: "a call gets a result from people in place of its own",
    needs: "boxes",
    start: asks,
    script: () => [{ calls: [counted("custom", "c1")] }, { say: "I see." }],
    async during(play) {
      const [id] = await waitingIds(play);
      accepted(
        await play.client.decide(play.sessionId, play.runId, {
          [id!]: { action: "custom_result", content: "IT-IS-42" },
        }),
      );
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(answer(play), /IT-IS-42/);
      assert.equal(await timesRun(play, "custom"), 0);
    },
  },
  {
    name: "several calls wait, and are decided one by one, in any order and each in its own way",
    needs: "boxes",
    start: asks,
    script: () => [{ calls: [counted("x", "c1"), counted("y", "c2"), counted("z", "c3")] }, { say: "Well." }],
    async during(play) {
      const [x, y, z] = await waitingIds(play);
      const decide = (id: string, decision: Parameters<typeof play.client.decide>[2][string]) =>
        play.client.decide(play.sessionId, play.runId, { [id]: decision });
      accepted(await decide(z!, { action: "accept" }));
      // The same again is fine, another one is not.
      accepted(await decide(z!, { action: "accept" }));
      const other = await decide(z!, { action: "reject" });
      assert.deepEqual([other.status, other.body.code], [409, "already_resolved"]);
      const unknown = await decide("call_of_nobody", { action: "accept" });
      assert.deepEqual([unknown.status, unknown.body.code], [404, "unknown_tool_call"]);
      const half = await play.client.decide(play.sessionId, play.runId, {
        [x!]: { action: "accept" },
        call_of_nobody: { action: "accept" },
      });
      assert.deepEqual([half.status, half.body.code], [404, "unknown_tool_call"]);
      accepted(await decide(x!, { action: "reject", content: "no x" }));
      accepted(await decide(y!, { action: "accept" }));
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(answer(play, 0), /no x/);
      assert.match(answer(play, 1), /y ran/);
      assert.match(answer(play, 2), /z ran/);
      assert.deepEqual([await timesRun(play, "x"), await timesRun(play, "y"), await timesRun(play, "z")], [
        0,
        1,
        1,
      ]);
    },
  },
  {
    name: "steering while a run waits for people answers its calls, and the run goes on",
    needs: "boxes",
    start: asks,
    script: () => [{ calls: [counted("steered", "c1")] }, { say: "Otherwise, then." }],
    async during(play) {
      const [id] = await waitingIds(play);
      accepted(await play.client.send(play.sessionId, play.runId, "steering", "DO-IT-OTHERWISE"));
      // Either it goes on by itself, or it waits for the decision: the words are not lost in either case.
      await Promise.race([
        play.events.until("user_message"),
        play.client.decide(play.sessionId, play.runId, { [id!]: { action: "reject" } }),
      ]);
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(play.script.requests[1]!.text, /DO-IT-OTHERWISE/);
      assert.equal(await timesRun(play, "steered"), 0);
    },
  },
  {
    name: "where nobody is asked, what would ask is denied at once, with the rule that would allow it",
    start: ({ profile }) => ({ profile: profile("asks"), pauseOnApproval: false }),
    script: () => [{ calls: [counted("denied", "c1")] }, { say: "I may not." }],
    ends: { stopped: "completed" },
    async check(play) {
      assert.match(answer(play), /auto_approve/);
      assert.match(answer(play), /run_command/);
      assert.equal(await timesRun(play, "denied"), 0);
    },
  },
  {
    name: "overrides say what runs without asking, and nothing beyond allowed_tools",
    needs: "boxes",
    start: ({ profile }) => ({ profile: profile("report"), overrides: { auto_approve: "all" } }),
    script: () => [{ calls: [counted("beyond", "c1")] }, { say: "Still not." }],
    ends: { stopped: "completed" },
    check: async (play) => assert.equal(await timesRun(play, "beyond"), 0),
  },
];
