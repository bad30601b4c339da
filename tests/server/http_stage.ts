import { type HttpApp, httpApp } from "../../src/server/http_app.ts";
import type { HttpParts } from "../../src/server/http_parts.ts";
import { listen, type Listener, type ListenOptions } from "../../src/server/listener.ts";
import { type Contract, contractOf } from "./as_documented.ts";
import { type FakeRuns, fakeRuns } from "./fake_runs.ts";
import { type TempStore, tempStore } from "./temp_store.ts";

export const TOKEN = "theRightToken0123456789";

/** A real server with a real store; only the runs are not real. */
export interface HttpStage extends AsyncDisposable {
  readonly temp: TempStore;
  readonly runs: FakeRuns;
  readonly app: HttpApp;
  readonly listener: Listener;
  readonly url: string;
  readonly contract: Contract;
  /** What was logged. */
  readonly lines: string[];
  /** Asks with the token, unless `headers` bring another. Every answer has to be as documented. */
  ask(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<StageAnswer>;
  /** Sends it as it is. */
  raw(path: string, init?: RequestInit): Promise<StageAnswer>;
}

export interface StageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of JSON. */
  // deno-lint-ignore no-explicit-any -- what an answer is, the test says
  readonly body: any;
}

export interface StageOptions {
  readonly parts?: Partial<HttpParts>;
  readonly limits?: ListenOptions["limits"];
  readonly streams?: Parameters<typeof httpApp>[1];
}

export async function httpStage({ parts = {}, limits, streams }: StageOptions = {}): Promise<HttpStage> {
  const temp = await tempStore();
  const runs = fakeRuns(temp.store);
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const app = httpApp({
    store: temp.store,
    runs,
    version: "1.2.3",
    instance: "0123456789abcdef",
    isToken: (given) => Promise.resolve(given === TOKEN),
    hosts: () => [],
    models: () =>
      Promise.resolve([{
        id: "claude-sonnet-4-5",
        name: "Claude Sonnet 4.5",
        provider: "anthropic",
        reasoning: true,
        cost: { input: 3, output: 15 },
        limit: { context: 200_000, output: 64_000 },
      }]),
    settings: () =>
      Promise.resolve({ defaultModel: "anthropic/claude-sonnet-4-5", autoApprove: "custom" as const }),
    now: () => new Date(temp.at),
    residentBytes: () => 123_456,
    redact: (text) => text.replaceAll("hunter2secret", "[secret]"),
    log,
    ...parts,
  }, streams);
  const listener = await listen({
    at: { hostname: "127.0.0.1", port: 0 },
    app,
    log,
    ...(limits && { limits }),
  });
  const url = `http://127.0.0.1:${listener.at.port}`;
  const raw = async (path: string, init: RequestInit = {}): Promise<StageAnswer> => {
    const answer = await fetch(`${url}${path}`, { redirect: "manual", ...init });
    const { status, headers } = answer;
    const text = await answer.text();
    const contentType = headers.get("content-type") ?? "";
    contract.check({
      method: init.method ?? "GET",
      path: path.replace(/\?.*/, ""),
      status,
      contentType,
      text,
    });
    return {
      status,
      headers,
      text,
      body: contentType.includes("json") && text !== "" ? JSON.parse(text) : undefined,
    };
  };
  const contract = contractOf(await (await fetch(`${url}/v1/openapi.json`)).json());
  return {
    temp,
    runs,
    app,
    listener,
    url,
    lines,
    contract,
    raw,
    ask: (method, path, body, headers) =>
      raw(path, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async [Symbol.asyncDispose]() {
      await listener.close();
      await temp[Symbol.asyncDispose]();
    },
  };
}

/** A session, made over HTTP. */
export async function newSession(stage: HttpStage, title = "disk full on db-1"): Promise<string> {
  return (await stage.ask("POST", "/v1/sessions", { title })).body.id;
}
