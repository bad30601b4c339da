import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { NO_RESULT, pairedHistory } from "../../src/agent/paired_history.ts";
import type { AssistantPart, Message } from "../../src/domain/message.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";
import { histories } from "./histories.ts";

const user = (text: string): Message => ({ role: "user", text });
const says = (...parts: AssistantPart[]): Message => ({ role: "assistant", parts });
const text = (text: string): AssistantPart => ({ type: "text", text });
const call = (id: string): AssistantPart => ({ type: "tool_call", call: { id, name: "t", input: {} } });
const result = (callId: string, text = "seen", isError = false) => ({ callId, text, isError });
const results = (...all: ReturnType<typeof result>[]): Message => ({ role: "tool", results: all });
const paired = (...messages: Message[]) => pairedHistory(messages, "anthropic");

test("a well-formed conversation comes out as it was", () => {
  const messages = [
    user("a"),
    says(text("b"), call("1"), call("2")),
    results(result("1"), result("2")),
    says(text("c")),
    user("d"),
  ];
  deepEqual(paired(...messages), messages);
});

test("a call without a result is answered: nobody knows whether it was carried out", () => {
  const messages = [user("a"), says(call("1"), call("2")), results(result("2")), user("d")];
  const wanted = results(result("1", NO_RESULT, true), result("2"));
  deepEqual(paired(...messages), [messages[0], messages[1], wanted, messages[3]]);
});

test("results come in the order of the calls, the last of each; those of no call are left out", () => {
  const told = results(result("2"), result("9"), result("1", "old"), result("1", "new"));
  deepEqual(paired(user("a"), says(call("1"), call("2")), told)[2], results(result("1", "new"), result("2")));
  deepEqual(paired(user("a"), results(result("1")), user("b")), [user("a\n\nb")]);
});

test("a result that comes late is none of the call before", () => {
  const late = paired(
    user("a"),
    says(call("1")),
    user("b"),
    says(text("c")),
    results(result("1")),
    user("d"),
  );
  deepEqual(late[2], results(result("1", NO_RESULT, true)));
  equal(late.length, 6);
});

test("an id that comes again is another call", () => {
  const again = paired(
    user("a"),
    says(call("1")),
    results(result("1", "one")),
    says(call("1")),
    results(result("1", "two")),
  );
  deepEqual(again.slice(3), [says(call("1_2")), results(result("1_2", "two"))]);
});

test("Anthropic gets ids that it takes, others get theirs", () => {
  const messages = [user("a"), says(call("f.x:0")), results(result("f.x:0"))];
  deepEqual(paired(...messages).slice(1), [says(call("f_x_0")), results(result("f_x_0"))]);
  deepEqual(pairedHistory(messages, "openai-chat"), messages);
});

test("nothing is empty: what nobody said, what a tool did not say, an answer of nothing", () => {
  deepEqual(paired(), [user("(no message)")]);
  deepEqual(paired(user(" "), says(text("\n"))), [user("(no message)")]);
  deepEqual(
    paired(user("a"), says(call("1")), results(result("1", ""))).at(-1),
    results(result("1", "<empty tool result>")),
  );
  deepEqual(paired(user("a"), says(text("")), user("b")), [user("a\n\nb")]);
});

test("the model neither begins nor ends a conversation", () => {
  deepEqual(paired(says(text("b"))), [user("(no message)"), says(text("b")), user("Continue.")]);
});

test("answers that follow each other are one", () => {
  deepEqual(
    paired(user("a"), says(text("b")), says(text("c"), call("1")), results(result("1")))[1],
    says(text("b"), text("c"), call("1")),
  );
});

test("thoughts are shown to the provider that had them, and only before something", () => {
  const thought = (providerMetadata?: Record<string, Record<string, string>>): AssistantPart => ({
    type: "reasoning",
    text: "hm",
    ...providerMetadata && { providerMetadata },
  });
  const [anthropic, openai, google, plain] = [
    thought({ anthropic: {} }),
    thought({ openai: {} }),
    thought({ google: {} }),
    thought(),
  ];
  const kept = MODEL_APIS.map((api) => {
    const [, answer] = pairedHistory([
      user("a"),
      says(anthropic, openai, google, plain, text("b"), anthropic, plain),
      user("c"),
    ], api);
    return answer;
  });
  deepEqual(kept, [
    says(anthropic, text("b")),
    says(openai, text("b")),
    says(plain, text("b")),
    says(google, text("b")),
  ]);
  deepEqual(paired(user("a"), says(anthropic), user("b")), [user("a\n\nb")]);
});

test("a signature of Gemini's without text is kept for Gemini", () => {
  const signed: AssistantPart = {
    type: "text",
    text: "",
    providerMetadata: { google: { thoughtSignature: "c2ln" } },
  };
  const messages = [user("a"), says(text("b"), signed), user("c")];
  deepEqual(pairedHistory(messages, "google")[1], says(text("b"), signed));
  deepEqual(paired(...messages)[1], says(text("b")));
});

test("what was made well-formed stays as it is", () => {
  fc.assert(fc.property(histories, fc.constantFrom(...MODEL_APIS), (messages, api) => {
    const once = pairedHistory(messages, api);
    deepEqual(pairedHistory(once, api), once);
  }));
});
