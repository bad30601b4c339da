import { deepEqual, equal } from "node:assert/strict";
import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { BrokenAnswer, RequestTooLong } from "../../src/agent/gateway_fetch.ts";
import { CutAnswer, RefusedAnswer, StreamFailure } from "../../src/agent/inference.ts";
import { modelFailure } from "../../src/agent/model_failure.ts";
import { test } from "../sanitized.ts";

const answer = (statusCode: number, error: Record<string, unknown>, headers = {}) =>
  new APICallError({
    message: "x",
    url: "u",
    requestBodyValues: {},
    statusCode,
    responseHeaders: headers,
    data: { error },
  });
const kindOf = (error: unknown) => modelFailure(error)?.kind;

test("statuses that pass are 408, 409, 429 and all from 500 on", () => {
  const passing = [408, 409, 429, 500, 502, 503, 504, 529].map((status) =>
    kindOf(answer(status, { message: "no" }))
  );
  deepEqual(new Set(passing), new Set(["passing"]));
  const lasting = [400, 401, 403, 404, 405, 410, 413, 422].map((status) =>
    kindOf(answer(status, { message: "no" }))
  );
  deepEqual(new Set(lasting), new Set(["lasting"]));
});

test("a provider's words decide nothing about a limit of requests", () => {
  const words = "prompt is too long: the maximum context length is 4 tokens per minute";
  equal(kindOf(answer(429, { message: words, code: "rate_limit_exceeded" })), "passing");
  equal(kindOf(answer(500, { message: words })), "passing");
  equal(kindOf(answer(401, { message: words })), "lasting");
  equal(kindOf(answer(400, { message: "max_tokens: the limit of the context is the maximum" })), "lasting");
});

test("a request that is too long is known by its code, or by the words that stand for one", () => {
  const tooLong = [
    answer(400, { type: "invalid_request_error", message: "prompt is too long: 9 tokens > 8 maximum" }),
    answer(400, { message: "input length and `max_tokens` exceed context limit: 9 + 8 > 10" }),
    answer(413, { type: "request_too_large", message: "" }),
    answer(400, { code: "context_length_exceeded", message: "" }),
    answer(400, { type: "exceed_context_size_error", message: "" }),
    answer(400, { code: 400, message: "This endpoint's maximum context length is 8192 tokens." }),
    answer(400, {
      status: "INVALID_ARGUMENT",
      message: "The input token count (9) exceeds the maximum number of tokens allowed (8).",
    }),
    answer(400, {
      status: "INVALID_ARGUMENT",
      message: "The input token count exceeds the maximum number of tokens allowed 8.",
    }),
    new RequestTooLong("the request has 9 characters"),
  ];
  for (const error of tooLong) equal(kindOf(error), "too_long");
});

test("what is said is the status and the code, and apart from it the provider's words, on one line", () => {
  const failure = modelFailure(answer(400, { type: "bad_request", message: "no\nsuch \x1bmodel" }));
  equal(failure?.brief, "the provider answered 400 (bad_request)");
  equal(failure?.full, "the provider answered 400 (bad_request): no such \\u{1b}model");
  equal(
    modelFailure(answer(400, { type: "sk-ant 0123456789", message: "" }))?.brief,
    "the provider answered 400",
  );
  equal(modelFailure(answer(500, { message: "x".repeat(9_000) }))!.full.length < 500, true);
});

test("how long a provider wants to be left alone is told in seconds", () => {
  equal(modelFailure(answer(429, {}, { "retry-after": "3" }))?.retryAfterMs, 3_000);
  equal(modelFailure(answer(429, {}, { "retry-after": "0" }))?.retryAfterMs, 0);
  equal(modelFailure(answer(429, {}, { "retry-after": "soon" }))?.retryAfterMs, undefined);
  equal(modelFailure(answer(429, {}))?.retryAfterMs, undefined);
});

test("an answer that broke off passes, however deep the SDK hides it", () => {
  const broken = new BrokenAnswer("silent for 120 s");
  const hidden = new APICallError({
    message: "x",
    url: "u",
    requestBodyValues: {},
    statusCode: 200,
    cause: new Error("y", { cause: broken }),
  });
  for (const error of [broken, hidden, new StreamFailure("z", { cause: hidden })]) {
    deepEqual(modelFailure(error), {
      kind: "passing",
      brief: "the answer broke off: silent for 120 s",
      full: "the answer broke off: silent for 120 s",
    });
  }
  equal(kindOf(new CutAnswer("it is not whole")), "passing");
});

test("an answer that cannot be read passes", () => {
  const read = new APICallError({ message: "x", url: "u", requestBodyValues: {}, statusCode: 200 });
  const invalid = new InvalidResponseDataError({ data: {}, message: "the key is hunter2" });
  for (const error of [read, invalid, new StreamFailure("z", { cause: invalid })]) {
    equal(modelFailure(error)?.full, "the answer cannot be read");
  }
});

test("an error in the stream is what it says, with or without a status", () => {
  const kinds = [
    { statusCode: 529, type: "overloaded_error", message: "" },
    { code: 429, message: "slow down" },
    { type: "server_error", message: "oops" },
    { code: "insufficient_quota", type: "insufficient_quota", message: "" },
    { error: { code: 402, message: "pay" } },
    { statusCode: 400, code: "context_length_exceeded", message: "" },
  ].map((cause) => kindOf(new StreamFailure("z", { cause })));
  deepEqual(kinds, ["passing", "passing", "passing", "lasting", "lasting", "too_long"]);
});

test("a refusal is one, by the provider's name for it", () => {
  equal(modelFailure(new RefusedAnswer("SAFETY"))?.full, "the model refused (SAFETY)");
  equal(modelFailure(new RefusedAnswer("because you said so"))?.full, "the model refused (no reason given)");
});

test("what no provider did is none of its failures", () => {
  for (const error of [new TypeError("x is not a function"), new RangeError(), "text", undefined]) {
    equal(modelFailure(error), undefined);
  }
});
