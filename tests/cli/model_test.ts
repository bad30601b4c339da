/**
 * `stakpak model test` as a process, with a provider on this machine.
 *
 * @module
 */
import assert from "node:assert/strict";
import { events, type ProviderServer, providerServer } from "../models/provider_server.ts";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";
import { type RealStage, realStage } from "./real_stage.ts";
import { assertLines, type Outcome } from "./transcript.ts";

const KEY = "sk-ant-api03-Zq8vYtR2xW5kLmN7pQ9sT1uV3wX5yZ7aB9cD1eF3gH5jK7mN9pQ";

async function stageOf(config = ""): Promise<RealStage> {
  const { command, denoDir } = launcher();
  return await realStage(
    { title: "", files: { ".stakpak/config.toml": config }, steps: [] },
    command,
    denoDir,
  );
}

async function ask(server: ProviderServer, words = "", env: Record<string, string> = {}): Promise<Outcome> {
  await using stage = await stageOf("[profiles.default]\n");
  const args = ["model", "test", ...words.split(" ").filter(Boolean)];
  const all = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.origin, ...env };
  const outcome = await stage.run({ line: 0, args, env: all, out: [], err: [], exit: 0, files: [] });
  assert.ok(!`${outcome.out}${outcome.err}`.includes(KEY), "the key was printed");
  return outcome;
}

const ANSWER = events(
  { type: "message_start", message: { usage: { input_tokens: 9, output_tokens: 1 } } },
  { type: "message_delta", usage: { output_tokens: 4 } },
);

test("model test asks the profile's model once, and says where, how long and how many tokens", async () => {
  await using server = await providerServer(ANSWER);
  const { out, err, exit } = await ask(server);
  const wanted = "anthropic/claude-opus-4-6 answers (127.0.0.1:…, anthropic): … ms, 9 tokens in, 4 out";
  assertLines(out, [wanted], out + err);
  assert.deepEqual([err, exit], ["", 0]);
  assert.equal(server.seen.length, 1);
  const [{ method, url, headers, body }] = server.seen as [typeof server.seen[0] & object];
  assert.deepEqual([method, url, headers["x-api-key"], headers["anthropic-version"]], [
    "POST",
    "/v1/messages",
    KEY,
    "2023-06-01",
  ]);
  assert.deepEqual(JSON.parse(body), {
    messages: [{ role: "user", content: "Say OK." }],
    model: "claude-opus-4-6",
    max_tokens: 64,
    stream: true,
  });
});

test("model test --json says the same as data", async () => {
  await using server = await providerServer(ANSWER);
  const { out, exit } = await ask(server, "anthropic/claude-haiku-4-5 --json");
  const { durationMs, address, ...said } = JSON.parse(out);
  assert.deepEqual(said, {
    schema: 1,
    provider: "anthropic",
    model: "claude-haiku-4-5",
    api: "anthropic",
    inputTokens: 9,
    outputTokens: 4,
  });
  assert.ok(durationMs >= 0 && server.origin.endsWith(address));
  assert.equal(exit, 0);
});

test("model test asks OpenAI's API at another address by Chat Completions", async () => {
  await using server = await providerServer(events({ usage: { prompt_tokens: 9, completion_tokens: 4 } }));
  const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${server.origin}/v1` };
  const { out, exit } = await ask(server, "gpt-5-mini", env);
  assertLines(out, ["openai/gpt-5-mini answers (127.0.0.1:…, openai-chat): … ms, 9 tokens in, 4 out"], out);
  assert.equal(exit, 0);
  assert.equal(server.seen[0]?.url, "/v1/chat/completions");
  assert.equal(server.seen[0]?.headers.authorization, `Bearer ${KEY}`);
});

interface Trouble {
  readonly title: string;
  readonly answer: ProviderServer["answer"];
  readonly err: readonly string[];
}

const failing =
  (status: number, body: unknown, headers: Record<string, string> = {}): ProviderServer["answer"] =>
  (response) => void response.writeHead(status, headers).end(JSON.stringify(body));

const TROUBLES: readonly Trouble[] = [
  {
    title: "a refused key, without repeating it",
    answer: (response, { headers }) =>
      failing(401, { error: { message: `invalid x-api-key ${headers["x-api-key"]}` } })(
        response,
        {} as never,
      ),
    err: [
      'error: Cannot use "anthropic/claude-opus-4-6": the provider refuses the key (401): invalid x-api-key [secret]',
      "hint: see where the key comes from: stakpak model list",
    ],
  },
  {
    title: "an unknown model",
    answer: failing(404, {
      type: "error",
      error: { type: "not_found_error", message: "model: claude-opus-4-6" },
    }),
    err: [
      'error: Cannot use "anthropic/claude-opus-4-6": the provider has no such model, or another address (404): model: claude-opus-4-6',
      "hint: see model and address: stakpak model list",
    ],
  },
  {
    title: "too many requests, with the time to wait",
    answer: failing(429, { error: { message: "slow down" } }, { "retry-after": "7" }),
    err: [
      'error: Cannot use "anthropic/claude-opus-4-6": the provider takes no more requests now (429): slow down',
      "hint: try again in 7 s",
    ],
  },
  {
    title: "a provider in trouble",
    answer: failing(529, { error: { message: "Overloaded" } }),
    err: [
      'error: Cannot use "anthropic/claude-opus-4-6": the provider is in trouble (529): Overloaded',
      "hint: try again later; nothing is wrong here",
    ],
  },
  {
    title: "a redirect",
    answer: failing(302, {}, { location: "https://evil.example/v1?x=1" }),
    err: [
      'error: Cannot reach "anthropic/claude-opus-4-6": The provider answers with a redirect (302, to evil.example), which is not followed: a key goes to the address that is written, nowhere else',
      "hint: see the address of its provider: stakpak model list",
    ],
  },
  {
    title: "a page in place of an API",
    answer: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>hi</h1>"),
    err: [
      'error: Cannot use "anthropic/claude-opus-4-6": its address answers with text/html, must be text/event-stream',
      "hint: see the address of its provider: stakpak model list",
    ],
  },
];

for (const { title, answer, err } of TROUBLES) {
  test(`model test says ${title}, and exits 1`, async () => {
    await using server = await providerServer(answer);
    const outcome = await ask(server);
    assertLines(outcome.err, err, outcome.err);
    assert.deepEqual([outcome.out, outcome.exit], ["", 1]);
  });
}

test("model test says that nobody answers, and exits 1", async () => {
  const server = await providerServer();
  await server[Symbol.asyncDispose]();
  const { err, exit } = await ask(server);
  assertLines(err, [
    'error: Cannot reach "anthropic/claude-opus-4-6": The connection to 127.0.0.1:… failed: nobody listens there',
    "hint: see the address of its provider: stakpak model list",
  ], err);
  assert.equal(exit, 1);
});

test("model test exits 2 when there is no model to ask", async () => {
  await using server = await providerServer();
  const { err, exit } = await ask(server, "", { ANTHROPIC_API_KEY: "" });
  assertLines(err, [
    'error: Cannot test a model: profile "default" has no model, and none is named',
    "hint: stakpak model test PROVIDER/MODEL",
  ], err);
  assert.equal(exit, 2);
  assert.equal(server.seen.length, 0);
});
