import assert from "node:assert/strict";
import { until } from "./await_condition.ts";
import { gate } from "./gate.ts";
import type { Play, Scenario } from "./scenario.ts";
import { answer, begun, call, letGo, timesRun, waiting } from "./spoken.ts";
import { OVERLOADED, refusal, tooLong } from "./steps.ts";

const RATE_LIMITED = { status: 429, type: "rate_limit_error", message: "Slow down" };

function retries({ events }: Play): { attempt: number; delay_ms: number; reason: string }[] {
  return events.seen.filter(({ name }) => name === "retry_attempt").map(({ fields }) => fields as never);
}

function lastText({ events }: Play): string | undefined {
  const told = events.seen.findLast(({ name }) => name === "text_complete");
  return (told?.fields as { text: string } | undefined)?.text;
}

/** What providers and networks do to an answer. */
export const PROVIDER_SCENARIOS: readonly Scenario[] = [
  {
    name: "429 with Retry-After: the model is asked again, no sooner than the provider wants",
    script: () => [{ error: { ...RATE_LIMITED, retryAfter: "1" } }, { say: "Now." }],
    ends: { stopped: "completed" },
    check(play) {
      assert.equal(retries(play).length, 1);
      assert.ok(retries(play)[0]!.delay_ms >= 1_000, JSON.stringify(retries(play)));
      assert.match(retries(play)[0]!.reason, /429|rate/i);
    },
  },
  {
    name: "529: the model is asked again",
    script: () => [{ error: OVERLOADED }, { say: "Now." }],
    ends: { stopped: "completed" },
    check: (play) => assert.deepEqual(retries(play).map(({ attempt }) => attempt), [1]),
  },
  {
    name: "an overloaded provider is asked four times, then the run ends and may be tried later",
    script: () => Array.from({ length: 4 }, () => ({ error: OVERLOADED })),
    ends: { failed: "model_error" },
    check(play) {
      assert.deepEqual(retries(play).map(({ attempt }) => attempt), [1, 2, 3]);
      assert.equal((play.events.seen.at(-1)!.fields as { retryable: boolean }).retryable, true);
    },
  },
  {
    name: "400 is not tried again",
    script:
      () => [{ error: { status: 400, type: "invalid_request_error", message: "temperature: out of range" } }],
    ends: { failed: "model_error" },
    check(play) {
      assert.deepEqual(retries(play), []);
      assert.equal((play.events.seen.at(-1)!.fields as { retryable: boolean }).retryable, false);
      assert.match(JSON.stringify(play.events.seen.at(-1)!.fields), /temperature: out of range/);
    },
  },
  {
    name: "401 is not tried again, and what it repeats of the key is not told",
    script: () => [({ headers }) => ({
      error: {
        status: 401,
        type: "authentication_error",
        message: `Incorrect API key provided: ${headers["x-api-key"] ?? headers.authorization}.`,
      },
    })],
    ends: { failed: "model_error" },
    check({ events, script }) {
      const { headers } = script.requests[0]!;
      const key = headers["x-api-key"] ?? headers.authorization!.replace("Bearer ", "");
      assert.ok(key.length > 10 && !JSON.stringify(events.seen).includes(key));
    },
  },
  {
    name: "a stream that is cut in the middle of a text is asked for again, and only the whole text counts",
    script: () => [{ say: `Half ${"of it, ".repeat(60)}`, cutAt: 0.6 }, { say: "The whole." }],
    ends: { stopped: "completed" },
    check(play) {
      assert.equal(retries(play).length, 1);
      assert.equal(lastText(play), "The whole.");
      assert.doesNotMatch(JSON.stringify(play.store.messages.all(play.sessionId)), /Half/);
    },
  },
  {
    name: "a stream that is cut in the middle of a call: the call is carried out once, when it came whole",
    script: () => {
      const counted = call("run_command", {
        command: `echo x >> once.count; true ${"and-more ".repeat(40)}`,
      });
      return [{ calls: [counted], cutAt: 0.5 }, { calls: [counted] }, { say: "Once." }];
    },
    ends: { stopped: "completed" },
    async check(play) {
      assert.equal(await timesRun(play, "once"), 1);
      assert.equal(retries(play).length, 1);
    },
  },
  {
    name: "a stream that ends without its end is asked for again",
    script: () => [
      {
        say: "Almost",
        mangle: (text) => text.slice(0, Math.floor(text.length * 0.7)).replace(/\n\n[^]{0,400}$/, "\n\n"),
      },
      { say: "The whole." },
    ],
    ends: { stopped: "completed" },
    check: (play) => assert.equal(lastText(play), "The whole."),
  },
  {
    name: "a stream of malformed JSON is asked for again, and counts for nothing",
    script: () => [
      { say: "Garbled GARBLE", mangle: (text) => text.replaceAll("GARBLE", '"}}GARBLE{{') },
      { say: "The whole." },
    ],
    ends: { stopped: "completed" },
    check(play) {
      assert.equal(lastText(play), "The whole.");
      assert.doesNotMatch(JSON.stringify(play.store.messages.all(play.sessionId)), /Garbled/);
    },
  },
  {
    name: "an answer that is no stream of events but a page is no answer",
    script: () =>
      Array.from({ length: 4 }, () => ({
        raw: { status: 200, type: "text/html", text: "<html>Log in to the Wi-Fi</html>" },
      })),
    ends: { failed: "model_error" },
    slow: true,
  },
  {
    name: "a provider that sends the client elsewhere is not followed",
    script: () => Array.from({ length: 4 }, () => ({ redirect: "http://127.0.0.1:9/v1/messages" })),
    spare: 3,
    ends: { failed: "model_error" },
  },
  {
    name: "a model that refuses ends the run as refused",
    script: ({ wire }) => [refusal(wire)],
    ends: { failed: "model_refused" },
  },
  {
    name:
      "a conversation that is too long for the model ends the run with that reason, and is not tried again",
    script: ({ wire }) => [{ error: tooLong(wire) }],
    ends: { failed: "context_overflow" },
  },
  {
    name: "an error that only mentions tokens and limits is no overflow",
    script: () => [{
      error: {
        status: 400,
        type: "invalid_request_error",
        message: "context token limit setting must be a string: too long",
      },
    }],
    ends: { failed: "model_error" },
  },
  {
    name: "an answer that was as long as it may be ends the turn as that",
    script: () => [{ say: "And so on and so", finish: "length" }],
    ends: { stopped: "completed" },
    check({ events }) {
      const turn = events.seen.find(({ name }) => name === "turn_completed")!.fields as {
        finish_reason: string;
      };
      assert.equal(turn.finish_reason, "max_output_tokens");
    },
  },
  {
    name: "an answer with nothing in it ends the run, and the session goes on",
    script: () => [{ say: "" }],
    ends: { stopped: "completed" },
  },
  {
    name: "thoughts are told as they come, and the model gets them back with its next turn",
    script: () => [
      { thinks: "First I look.", say: "Looking.", calls: [call("run_command", { command: "echo seen" })] },
      { thinks: "Now I know.", say: "Known." },
    ],
    ends: { stopped: "completed" },
    check({ events, script, wire }) {
      const thought = events.seen.filter(({ name }) => name === "thinking_delta").map(({ fields }) =>
        (fields as { delta: string }).delta
      ).join("");
      assert.match(thought, /First I look\.[^]*Now I know\./);
      const again = script.requests[1]!.text;
      if (wire === "anthropic") {
        assert.match(again, /"type":"thinking","thinking":"First I look\.","signature":"[^"]+"/);
      }
      if (wire === "openai-responses") {
        assert.match(again, /"type":"reasoning"[^}]*"encrypted_content":"[^"]+"/);
      }
    },
  },
  {
    name: "a text comes in pieces that make the whole",
    script: () => [{ say: "One two three four five six seven eight nine ten. ".repeat(20) }],
    ends: { stopped: "completed" },
    check(play) {
      const deltas = play.events.seen.filter(({ name }) => name === "text_delta").map(({ fields }) =>
        (fields as { delta: string }).delta
      );
      assert.equal(deltas.join(""), lastText(play));
    },
  },
  {
    name:
      "the model is switched in the middle: the next turn asks the other one, and the session remembers it",
    script: () => [{ thinks: "Hm.", calls: [waiting("switch")] }, { say: "Another me." }],
    async during(play) {
      await begun(play, "switch");
      const { status, body } = await play.client.switchModel(play.sessionId, play.runId, play.otherModel());
      assert.deepEqual([status, body], [200, {
        accepted: true,
        run_id: play.runId,
        model: play.otherModel(),
      }]);
      await letGo(play, "switch");
    },
    ends: { stopped: "completed" },
    check(play) {
      const [first, second] = play.script.requests.map(({ body }) => body.model);
      assert.notEqual(first, second);
      assert.ok(play.otherModel().endsWith(String(second)), String(second));
      assert.match(answer(play), /switch done/);
    },
  },
  {
    name: "the model is switched to one of another provider: what only the first one understands is left out",
    crosses: true,
    script: () => [{ thinks: "Hm.", say: "Well.", calls: [waiting("cross")] }, { say: "Another me." }],
    async during(play) {
      await begun(play, "cross");
      const other = play.otherModel(play.wire === "anthropic" ? "openai-responses" : "anthropic");
      assert.equal((await play.client.switchModel(play.sessionId, play.runId, other)).status, 200);
      await letGo(play, "cross");
    },
    ends: { stopped: "completed" },
    check(play) {
      assert.notEqual(play.script.requests[0]!.wire, play.script.requests[1]!.wire);
      assert.match(answer(play), /cross done/);
    },
  },
  {
    name: "a model that nobody has a key for is refused, and the run goes on with its own",
    script: () => [{ say: "Me.", hold: gate() }],
    async during(play) {
      await until("the request", () => play.script.requests.length === 1);
      const { status, body } = await play.client.switchModel(play.sessionId, play.runId, "nobody/gpt");
      assert.deepEqual([status, body.code], [400, "invalid_model"]);
      assert.equal((await play.client.cancel(play.sessionId, play.runId)).status, 200);
    },
    ends: { stopped: "cancelled" },
  },
  {
    name: "a conversation that grows too long is trimmed for the model, never in the store",
    wires: ["openai-chat"],
    script: () => [
      ...Array.from({ length: 9 }, (_, n) => ({
        calls: [call("run_command", { command: `head -c 60000 /dev/zero | tr '\\0' ${n}; echo END-${n}` })],
      })),
      { say: "Enough." },
    ],
    ends: { stopped: "completed" },
    check({ events, script, store, sessionId }) {
      const last = script.requests.at(-1)!.text;
      assert.ok(last.length < 420_000, `${last.length}`);
      assert.match(last, /\[trimmed\]/);
      assert.match(last, /8{1000}[^]*END-8/);
      assert.doesNotMatch(last, /0{1000}/);
      assert.match(JSON.stringify(store.messages.all(sessionId)), /0{1000}/);
      const told = events.seen.filter(({ name }) => name === "compaction_completed").map(({ fields }) =>
        fields as { tokens_before: number; tokens_after: number }
      );
      assert.ok(
        told.length > 0 && told.every((one) => one.tokens_after < one.tokens_before),
        JSON.stringify(told),
      );
    },
  },
  {
    name: "a budget that the next call could exceed ends the run before that call",
    script: () => [
      { calls: [call("run_command", { command: "echo spent" })], usage: { input: 999_000, output: 900 } },
    ],
    ends: { failed: "budget_exceeded" },
  },
];
