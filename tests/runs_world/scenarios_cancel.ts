import assert from "node:assert/strict";
import { until } from "./await_condition.ts";
import { gate } from "./gate.ts";
import type { Play, Scenario } from "./scenario.ts";
import { begun, call, waiting } from "./spoken.ts";

async function cancel({ client, sessionId, runId }: Play): Promise<void> {
  const { status, body } = await client.cancel(sessionId, runId);
  assert.deepEqual([status, body], [200, { cancelled: true, run_id: runId }]);
}

/** Runs that are ended by whoever started them, in whatever they are doing. After each the session takes another run. */
export const CANCEL_SCENARIOS: readonly Scenario[] = [
  {
    name: "a run is cancelled while the model is silent: the provider sees the connection go",
    script: () => [{ silent: true }],
    async during(play) {
      await play.events.until("turn_started");
      await asked(play, 1);
      await cancel(play);
      await play.script.requests[0]!.closed;
      assert.ok(play.script.requests[0]!.gone());
    },
    ends: { stopped: "cancelled" },
  },
  {
    name: "a run is cancelled before the provider has answered",
    script: () => [{ say: "Too late.", hold: gate() }],
    async during(play) {
      await asked(play, 1);
      await cancel(play);
      play.release();
    },
    ends: { stopped: "cancelled" },
    check: ({ store, sessionId }) =>
      assert.doesNotMatch(JSON.stringify(store.messages.all(sessionId)), /Too late/),
  },
  {
    name: "a run is cancelled while it waits to ask the model again",
    script:
      () => [{ error: { status: 429, type: "rate_limit_error", message: "Slow down", retryAfter: "60" } }],
    async during(play) {
      await play.events.until("retry_attempt");
      await cancel(play);
    },
    ends: { stopped: "cancelled" },
  },
  {
    name: "a run is cancelled while it waits for people, and what waited can no more be approved",
    needs: "boxes",
    start: ({ profile }) => ({ profile: profile("asks"), pauseOnApproval: true }),
    script: () => [{ calls: [call("run_command", { command: "touch evil" }, "c1")] }],
    async during(play) {
      const { fields } = await play.events.until("waiting_for_tool_approval");
      await cancel(play);
      const [id] = fields.pending_tool_call_ids;
      const late = await play.client.decide(play.sessionId, play.runId, { [id!]: { action: "accept" } });
      assert.equal(late.status, 409);
      assert.deepEqual((await play.client.pending(play.sessionId)).body.tool_calls, []);
    },
    ends: { stopped: "cancelled" },
    check: async ({ folder }) => void await assert.rejects(Deno.stat(`${folder}/evil`)),
  },
  {
    name:
      "a run is cancelled while a command runs: the command ends with it, and those behind it never begin",
    script: () => [{
      calls: [
        call("run_command", { command: "echo $$ > pid; touch begun.begun; sleep 600" }, "c1"),
        call("run_command", { command: "touch evil" }, "c2"),
      ],
    }],
    async during(play) {
      await begun(play, "begun");
      await cancel(play);
      const pid = Number(await Deno.readTextFile(`${play.folder}/pid`));
      // Of a box the number says nothing here.
      if (play.inside) await gone(pid);
    },
    ends: { stopped: "cancelled" },
    check: async ({ folder }) => void await assert.rejects(Deno.stat(`${folder}/evil`)),
  },
  {
    name: "a run is cancelled while its sandbox starts",
    needs: "inside",
    before({ boxes }) {
      boxes.holdLeases(gate());
    },
    script: () => [],
    async during(play) {
      await play.inside!.boxes.leaseAsked();
      await cancel(play);
      play.inside!.boxes.holdLeases(undefined);
    },
    ends: { stopped: "cancelled" },
  },
  {
    name: "a run is cancelled by its session's end",
    script: () => [{ calls: [waiting("deleted")] }],
    async during(play) {
      await begun(play, "deleted");
      const { status } = await play.client.ask("DELETE", `/v1/sessions/${play.sessionId}`);
      assert.equal(status, 204);
      assert.equal((await play.client.ask("GET", `/v1/sessions/${play.sessionId}`)).status, 404);
    },
    ends: { stopped: "cancelled" },
    deletes: true,
  },
  {
    name: "a run that has ended cannot be cancelled",
    script: () => [{ say: "Done." }],
    async during(play) {
      await play.events.end(play.runId);
      const { status, body } = await play.client.cancel(play.sessionId, play.runId);
      assert.deepEqual([status, body.code], [409, "session_not_running"]);
    },
    ends: { stopped: "completed" },
  },
  {
    name:
      "max_turns is exact: after so many turns the run ends, and no call of its last turn is left without an answer",
    start: () => ({ overrides: { max_turns: 2 } }),
    script: () =>
      Array.from({ length: 2 }, (_, n) => ({ calls: [call("run_command", { command: `echo turn ${n}` })] })),
    ends: { stopped: "max_turns" },
    check({ events }) {
      assert.equal((events.seen.at(-1)!.fields as { total_turns: number }).total_turns, 2);
    },
  },
  {
    name: "a run that ends in its last turn has completed",
    start: ({ profile }) => ({ profile: profile("terse") }),
    script: () => [{ calls: [call("run_command", { command: "echo once" })] }, { say: "Done." }],
    ends: { stopped: "completed" },
    check: ({ script }) => assert.match(script.requests[0]!.text, /TERSE-PROMPT/),
  },
];

/** Settles when the provider was asked so often. */
async function asked({ script }: Play, times: number): Promise<void> {
  await until(`${times} requests`, () => script.requests.length >= times);
}

/** Settles when there is no such process. */
async function gone(pid: number): Promise<void> {
  await until(`the end of process ${pid}`, () => Deno.stat(`/proc/${pid}`).then(() => false, () => true));
}
