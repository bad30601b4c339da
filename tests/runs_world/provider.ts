/**
 * The model provider of the tests: aimock answers in the official wire formats, and a server in front of it keeps
 * every request as it came, and does to answers what networks and overloaded providers do.
 *
 * A conversation names its script by `[[key]]` in the user's text; the last one in a request counts. Each request
 * takes the next step of it.
 *
 * @module
 */
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type FixtureResponse, LLMock } from "@copilotkit/aimock";
import type { Scripted, Step, Wire } from "./steps.ts";

export interface ProviderRequest {
  readonly wire: Wire | undefined;
  readonly key: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
  readonly body: Record<string, unknown>;
  /** Settles when its connection is done: answered, or given up by whoever asked. */
  readonly closed: Promise<void>;
  /** Whether whoever asked had gone before the answer was complete. */
  gone(): boolean;
}

export interface Script {
  /** Of this script, in their order. */
  readonly requests: readonly ProviderRequest[];
  /** Steps that nobody asked for yet. */
  left(): number;
  /** Requests that came after the last step. */
  surplus(): number;
}

export interface Provider extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash behind it. */
  readonly url: string;
  /** All there ever were. */
  readonly requests: readonly ProviderRequest[];
  script(key: string, steps: readonly Scripted[]): Script;
}

interface Running {
  readonly steps: Scripted[];
  readonly requests: ProviderRequest[];
  surplus: number;
}

const WIRE_OF: readonly (readonly [RegExp, Wire, string])[] = [
  [/\/messages$/, "anthropic", "/v1/messages"],
  [/\/responses$/, "openai-responses", "/v1/responses"],
  [/\/chat\/completions$/, "openai-chat", "/v1/chat/completions"],
];

/** What aimock answers next, by the key of the script. */
const answers = new Map<string, Step>();

/** One for all tests of a process, started outside of them: it has a timer that it never lets go of. */
const behind: URL = await (async () => {
  const mock = new LLMock({
    port: 0,
    host: "127.0.0.1",
    chunkSize: 24,
    logLevel: "silent",
    journalMaxEntries: 1,
  });
  const stepOf = (asked: unknown) => answers.get(keyIn(JSON.stringify(asked)) ?? "");
  const fixture = (asked: unknown) => fixtureOf(stepOf(asked)!);
  mock.on({ predicate: (asked) => stepOf(asked)?.mangle !== undefined }, fixture, { chunkSize: 1e6 });
  mock.on({ predicate: (asked) => stepOf(asked) !== undefined }, fixture);
  return new URL(await mock.start());
})();

export async function startProvider(): Promise<Provider> {
  const scripts = new Map<string, Running>();
  const requests: ProviderRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch((error) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const asked = await read(incoming, outgoing);
    requests.push(asked);
    const running = scripts.get(asked.key ?? "");
    running?.requests.push(asked);
    const next = running?.steps.shift();
    if (!running || !next) {
      if (running) running.surplus++;
      return fail(outgoing, asked.wire, {
        status: 400,
        type: "invalid_request_error",
        message: "No step is left",
      });
    }
    const step = typeof next === "function" ? next(asked) : next;
    await step.hold?.pass();
    if (outgoing.destroyed) return;
    if (step.error) return fail(outgoing, asked.wire, step.error);
    if (step.raw) return end(outgoing, step.raw.status, { "content-type": step.raw.type }, step.raw.text);
    if (step.redirect) return end(outgoing, 302, { location: step.redirect }, "");
    if (step.silent) {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      return outgoing.flushHeaders();
    }
    answers.set(asked.key!, step);
    await hand(await ask(asked), outgoing, step);
  };
  server.listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(key, steps) {
      const running: Running = { steps: [...steps], requests: [], surplus: 0 };
      scripts.set(key, running);
      return {
        requests: running.requests,
        left: () => running.steps.length,
        surplus: () => running.surplus,
      };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function keyIn(text: string): string | undefined {
  return [...text.matchAll(/\[\[([\w.-]+)\]\]/g)].at(-1)?.[1];
}

async function read(incoming: IncomingMessage, outgoing: ServerResponse): Promise<ProviderRequest> {
  const closed = Promise.withResolvers<void>();
  let gone = false;
  outgoing.once("close", () => {
    gone = !outgoing.writableFinished;
    closed.resolve();
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const text = await new Blob(chunks as Uint8Array<ArrayBuffer>[]).text();
  const path = incoming.url ?? "";
  return {
    wire: WIRE_OF.find(([pattern]) => pattern.test(path.split("?")[0]!))?.[1],
    key: keyIn(text),
    method: incoming.method ?? "",
    path,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    text,
    body: parsed(text),
    closed: closed.promise,
    gone: () => gone,
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** The answer of aimock, whole. */
async function ask(asked: ProviderRequest): Promise<{ status: number; type: string; text: string }> {
  const path = WIRE_OF.find(([, wire]) => wire === asked.wire)?.[2] ?? asked.path;
  const answered = Promise.withResolvers<IncomingMessage>();
  const sent = httpRequest({
    host: behind.hostname,
    port: behind.port,
    path,
    method: asked.method,
    agent: false,
    headers: {
      "content-type": "application/json",
      "content-length": new TextEncoder().encode(asked.text).length,
    },
  }, answered.resolve);
  sent.once("error", answered.reject);
  sent.end(asked.text);
  const incoming = await answered.promise;
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  return {
    status: incoming.statusCode ?? 0,
    type: incoming.headers["content-type"] ?? "",
    text: await new Blob(chunks as Uint8Array<ArrayBuffer>[]).text(),
  };
}

function hand(
  { status, type, text }: { status: number; type: string; text: string },
  outgoing: ServerResponse,
  { mangle, cutAt, finish }: Step,
): void {
  const said = finish === "length" ? incomplete(text) : text;
  const whole = new TextEncoder().encode(mangle ? mangle(said) : said);
  if (cutAt === undefined) return end(outgoing, status, { "content-type": type }, whole);
  outgoing.writeHead(status, { "content-type": type });
  outgoing.write(whole.slice(0, Math.floor(whole.length * cutAt)), () => outgoing.destroy());
}

/** As OpenAI tells it: aimock ends such a response as if it was complete. */
function incomplete(text: string): string {
  return text.replaceAll("response.completed", "response.incomplete")
    .replaceAll(
      '"status":"incomplete"',
      '"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}',
    );
}

function end(
  outgoing: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string | Uint8Array,
): void {
  outgoing.writeHead(status, headers);
  outgoing.end(text);
}

/** As the provider would say it. */
function fail(outgoing: ServerResponse, wire: Wire | undefined, error: NonNullable<Step["error"]>): void {
  const { status, type, message, code = null, retryAfter } = error;
  const body = wire === "anthropic"
    ? { type: "error", error: { type, message }, request_id: "req_test" }
    : { error: { message, type, param: null, code } };
  const headers = {
    "content-type": "application/json",
    ...retryAfter !== undefined && { "retry-after": retryAfter },
  };
  end(outgoing, status, headers, JSON.stringify(body));
}

function fixtureOf({ say, thinks, calls, finish, usage }: Step): FixtureResponse {
  const common = {
    ...thinks !== undefined && { reasoning: thinks },
    ...finish !== undefined && { finishReason: finish },
    usage: usageOf(usage ?? { input: 100, output: 20 }),
  };
  const toolCalls = calls?.map(({ name, input, id }) => ({
    name,
    arguments: JSON.stringify(input),
    ...id !== undefined && { id },
  }));
  if (!toolCalls) return { content: say ?? "", ...common };
  return say === undefined ? { toolCalls, ...common } : { content: say, toolCalls, ...common };
}

/** Under the names of every wire. */
function usageOf({ input, output }: { readonly input: number; readonly output: number }) {
  return {
    input_tokens: input,
    output_tokens: output,
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
  };
}
