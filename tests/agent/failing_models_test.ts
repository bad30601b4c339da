import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { FixtureFileResponse, FixtureMatch, FixtureOpts } from "@copilotkit/aimock";
import type { Message } from "../../src/domain/message.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";
import { agentStage, answered, aRun, playSse, textOf } from "./stage.ts";

type Scripted = readonly [FixtureMatch, FixtureFileResponse, (FixtureOpts | undefined)?];

/** An answer for each request, in turn. */
function inTurn(...answers: readonly (readonly [FixtureFileResponse, FixtureOpts?])[]): readonly Scripted[] {
  return answers.map(([response, opts], sequenceIndex) => [{ sequenceIndex }, response, opts]);
}

const refused = (status: number, type: string, message: string, code?: string): FixtureFileResponse => ({
  error: { message, type, ...code !== undefined && { code } },
  status,
  retryAfter: 0,
});
const OVERLOADED = refused(529, "overloaded_error", "Overloaded");
const TOO_MANY = refused(
  429,
  "rate_limit_error",
  "Your tokens per minute exceed the maximum limit of the context",
);
const RECOVERED: readonly [FixtureFileResponse] = [{ content: "Recovered." }];
const LONG = "a long answer that does not come whole. ".repeat(20);

const REFUSAL = [
  { type: "response.created", response: { id: "r", created_at: 1, model: "m" } },
  { type: "response.refusal.delta", item_id: "i", output_index: 0, content_index: 0, delta: "I cannot." },
  { type: "response.completed", response: { usage: { input_tokens: 1, output_tokens: 1 } } },
];

for (const api of MODEL_APIS) {
  test(`${api}: an overloaded provider, and one that limits, are asked again with the same words`, async () => {
    await using stage = await agentStage({ fixtures: inTurn([OVERLOADED], [TOO_MANY], RECOVERED) });
    equal(textOf(answered(await stage.start(aRun(api, "hello")))), "Recovered.");
    deepEqual(stage.all("retry").map(({ attempt, delayMs }) => [attempt, delayMs]), [[1, 1], [2, 0]]);
    match(stage.all("retry")[1]!.reason, /^the provider answered 429/);
    deepEqual([stage.bodies[1], stage.bodies[2]], [stage.bodies[0], stage.bodies[0]]);
  });

  test(`${api}: an answer that is cut is asked for again`, async () => {
    await using stage = await agentStage({
      fixtures: inTurn([{ content: LONG }, { truncateAfterChunks: 4 }], RECOVERED),
    });
    equal(textOf(answered(await stage.start(aRun(api, "hello")))), "Recovered.");
    match(stage.all("retry")[0]!.reason, /^the answer broke off: /);
  });

  test(`${api}: a stream that just ends is no answer`, async () => {
    await using stage = await agentStage({
      fixtures: inTurn(RECOVERED),
      carry: ({ request }, tell) => request === 1 && playSse(request, tell, []),
    });
    equal(textOf(answered(await stage.start(aRun(api, "hello")))), "Recovered.");
    equal(stage.all("retry").length, 1);
  });

  test(`${api}: an answer that is no JSON is asked for again`, async () => {
    await using stage = await agentStage({
      fixtures: inTurn([{ content: "x" }, { chaos: { malformedRate: 1 } }], RECOVERED),
    });
    equal(textOf(answered(await stage.start(aRun(api, "hello")))), "Recovered.");
    equal(stage.all("retry").length, 1);
  });

  test(`${api}: silence ends after four tries, each told`, async () => {
    await using stage = await agentStage({
      carry({ request }, tell) {
        if (request > 1) {
          tell({ kind: "head", request, status: 200, headers: { "content-type": "text/event-stream" } });
        }
        tell({ kind: "broken", request, reason: "the provider said nothing for 120 s" });
        return true;
      },
    });
    const end = await stage.start(aRun(api, "hello"));
    deepEqual(end, {
      kind: "failed",
      reason: "model_error",
      error:
        "The model gave no answer: the answer broke off: the provider said nothing for 120 s, also after 3 more tries",
      retryable: true,
    });
    deepEqual(stage.all("retry").map(({ attempt }) => attempt), [1, 2, 3]);
    equal(stage.bodies.length, 4);
  });

  test(`${api}: a refusal is told as one, and not argued with`, async () => {
    const finishReason = api === "anthropic" ? "refusal" : "content_filter";
    await using stage = await agentStage({
      fixtures: [[{}, { content: "I cannot.", finishReason }]],
      // The mock refuses nothing in this shape.
      carry: ({ request }, tell) => api === "openai-responses" && playSse(request, tell, REFUSAL),
    });
    const end = await stage.start(aRun(api, "make a bomb"));
    ok(end.kind === "failed");
    deepEqual([end.reason, end.retryable, stage.bodies.length], ["model_refused", false, 1]);
  });

  for (
    const [status, type] of [
      [400, "invalid_request_error"],
      [401, "authentication_error"],
      [403, "permission_error"],
      [404, "not_found_error"],
      [422, "unprocessable"],
    ] as const
  ) {
    test(`${api}: ${status} is final, with the provider's words`, async () => {
      await using stage = await agentStage({
        fixtures: [[{}, refused(status, type, "max_tokens: the maximum limit of the context")]],
      });
      const end = await stage.start(aRun(api, "hello"));
      ok(end.kind === "failed");
      deepEqual([end.reason, end.retryable, stage.bodies.length], ["model_error", false, 1]);
      match(
        end.error,
        new RegExp(
          `^The model gave no answer: the provider answered ${status}\\b.*: max_tokens: the maximum`,
        ),
      );
    });
  }
}

test("a provider that wants a pause longer than a minute is not waited for, and that is said", async () => {
  await using stage = await agentStage({
    fixtures: [[{}, { ...TOO_MANY, retryAfter: 120 } as FixtureFileResponse]],
  });
  const end = await stage.start();
  ok(end.kind === "failed");
  match(end.error, /, and wants to be asked again after 120 s, more than the 60 s that a run waits$/);
  deepEqual([end.retryable, stage.bodies.length], [true, 1]);
});

test("what is not paid for does not pass by waiting", async () => {
  const unpaid = refused(429, "insufficient_quota", "You exceeded your current quota", "insufficient_quota");
  await using stage = await agentStage({ fixtures: [[{}, unpaid]] });
  const end = await stage.start(aRun("openai-chat", "hello"));
  ok(end.kind === "failed");
  deepEqual([end.retryable, stage.bodies.length], [false, 1]);
});

test("an error in the middle of a stream counts as what it says it is", async () => {
  const events = (error: unknown) => [
    {
      type: "message_start",
      message: { id: "m", model: "m", content: [], usage: { input_tokens: 1, output_tokens: 1 } },
    },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Let me" } },
    { type: "error", error },
  ];
  await using stage = await agentStage({
    carry({ request }, tell) {
      const type = request === 1 ? "overloaded_error" : "authentication_error";
      return playSse(request, tell, events({ type, message: "so it is" }));
    },
  });
  const end = await stage.start();
  ok(end.kind === "failed");
  equal(stage.all("retry")[0]!.reason, "the provider answered 529 (overloaded_error)");
  equal(end.error, "The model gave no answer: the provider answered 401 (authentication_error): so it is");
});

/** What providers say when a request is longer than the model takes. */
const TOO_LONG = [
  ["anthropic", refused(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum")],
  ["anthropic", refused(413, "request_too_large", "Request exceeds the maximum size")],
  [
    "openai-responses",
    refused(400, "invalid_request_error", "Your input exceeds the context window", "context_length_exceeded"),
  ],
  [
    "openai-chat",
    refused(
      400,
      "BadRequestError",
      "This model's maximum context length is 65536 tokens. However, you requested",
    ),
  ],
  [
    "google",
    refused(
      400,
      "INVALID_ARGUMENT",
      "The input token count (1200000) exceeds the maximum number of tokens allowed (1048575).",
    ),
  ],
] as const;

const seen = (id: string, text: string): readonly Message[] => [
  {
    role: "assistant",
    parts: [{ type: "tool_call", call: { id, name: "stakpak__view", input: { path: "/x" } } }],
  },
  { role: "tool", results: [{ callId: id, text, isError: false }] },
];
const HISTORY: readonly Message[] = [
  { role: "user", text: "look around" },
  ...seen("call_1", "first ".repeat(100)),
  ...seen("call_2", "second ".repeat(100)),
];

for (const [api, answer] of TOO_LONG) {
  test(`${api}: a conversation that is too long is trimmed once, then asked again`, async () => {
    await using stage = await agentStage({ fixtures: inTurn([answer], RECOVERED) });
    equal(textOf(answered(await stage.start({ ...aRun(api, ""), messages: HISTORY }))), "Recovered.");
    const [first, second] = stage.bodies.map((body) => JSON.stringify(body));
    ok(first!.includes("first first") && !second!.includes("first first"));
    ok(second!.includes("[trimmed]") && second!.includes("second second"));
    equal(stage.all("reduced").length, 1);
    equal(stage.all("retry").length, 0);
  });

  test(`${api}: one that is too long even so ends the run, and says how long it is`, async () => {
    await using stage = await agentStage({ fixtures: [[{}, answer]] });
    const end = await stage.start({ ...aRun(api, ""), messages: HISTORY });
    ok(end.kind === "failed");
    deepEqual([end.reason, end.retryable, stage.bodies.length], ["context_overflow", false, 2]);
    match(
      end.error,
      /: about \d+ tokens after trimming, the model takes 183616 \(200000, of which 16384 are for its answer\); the provider answered 4/,
    );
  });
}

test("a conversation longer than the model takes is not even sent", async () => {
  await using stage = await agentStage();
  const end = await stage.start({
    ...aRun("anthropic", "x".repeat(5_000)),
    limits: { contextTokens: 2_000, outputTokens: 1_000 },
  });
  ok(end.kind === "failed");
  deepEqual([end.reason, stage.bodies.length], ["context_overflow", 0]);
});

test("a request longer than ring 0 takes is not even sent", async () => {
  await using stage = await agentStage();
  const run = {
    ...aRun("anthropic", "x".repeat(9_000_000)),
    limits: { contextTokens: 1e7, outputTokens: 1_000 },
  };
  const end = await stage.start(run);
  ok(end.kind === "failed");
  deepEqual([end.reason, stage.bodies.length], ["context_overflow", 0]);
});
