/**
 * Conversations of every kind, also such as nobody should have stored.
 *
 * @module
 */
import fc from "fast-check";
import type { AssistantPart, Message } from "../../src/domain/message.ts";

/** Few ids, so that they meet; some that no provider takes. */
const id = fc.constantFrom("a", "b", "c", "call_0", "functions.view:0", "ümlaut", "x".repeat(80));
const text = fc.oneof(
  fc.constantFrom("", " ", "\n\t", "half \ud83d", "\udc00"),
  fc.string({ maxLength: 40, unit: "binary" }),
);
const name = fc.oneof(
  fc.constantFrom("stakpak__view", "no such/tool", "", "y".repeat(150)),
  fc.string({ maxLength: 10 }),
);
const metadata = fc.constantFrom(
  undefined,
  { anthropic: { signature: "c2ln" } },
  { anthropic: { redactedData: "ZGF0YQ==" } },
  { openai: { itemId: "rs_1", reasoningEncryptedContent: "ZW5j" } },
  { google: { thoughtSignature: "c2ln" } },
  { chat: {} },
);
const withMetadata = <Part extends object>(part: fc.Arbitrary<Part>) =>
  fc.tuple(part, metadata).map(([part, providerMetadata]) => ({
    ...part,
    ...providerMetadata && { providerMetadata },
  }));

const part: fc.Arbitrary<AssistantPart> = fc.oneof(
  withMetadata(fc.record({ type: fc.constant("text" as const), text })),
  withMetadata(fc.record({ type: fc.constant("reasoning" as const), text })),
  withMetadata(fc.record({
    type: fc.constant("tool_call" as const),
    call: fc.record({ id, name, input: fc.oneof(fc.jsonValue(), text, fc.record({ path: text })) }),
  })),
);

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant("user" as const), text }),
  fc.record({ role: fc.constant("assistant" as const), parts: fc.array(part, { maxLength: 5 }) }),
  fc.record({
    role: fc.constant("tool" as const),
    results: fc.array(fc.record({ callId: id, text, isError: fc.boolean() }), { maxLength: 4 }),
  }),
);

export const histories: fc.Arbitrary<readonly Message[]> = fc.array(message, { maxLength: 14 });
