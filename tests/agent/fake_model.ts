import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";

export interface FakeModel {
  readonly model: LanguageModelV4;
  /** What was asked. */
  readonly asked: LanguageModelV4CallOptions[];
}

export type FakeAnswer = readonly LanguageModelV4StreamPart[] | Error;

/** A model that answers with one of those streams after the other, or fails with an error. */
export function fakeModel(...answers: readonly FakeAnswer[]): FakeModel {
  const asked: LanguageModelV4CallOptions[] = [];
  const model: LanguageModelV4 = {
    specificationVersion: "v4",
    provider: "fake",
    modelId: "fake",
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error("nobody asks so")),
    doStream(options) {
      const answer = answers[asked.push(options) - 1];
      if (!answer) return Promise.reject(new Error("nobody expected another request"));
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ stream: ReadableStream.from(answer) });
    },
  };
  return { model, asked };
}

export const finish = (
  unified: LanguageModelV4FinishReason["unified"],
  raw?: string,
): LanguageModelV4StreamPart => ({
  type: "finish",
  finishReason: { unified, raw },
  usage: {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  },
});

export const says = (text: string): LanguageModelV4StreamPart[] => [
  { type: "text-start", id: "0" },
  { type: "text-delta", id: "0", delta: text },
  { type: "text-end", id: "0" },
  finish("stop", "stop"),
];
