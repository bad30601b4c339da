import { httpApp } from "../../src/server/http_app.ts";
import type { HttpParts } from "../../src/server/http_parts.ts";
import { listen, type Listener, type ListenOptions } from "../../src/server/listener.ts";
import { type ApiClient, apiClient } from "../runs_world/api_client.ts";
import { type FakeRuns, fakeRuns } from "./fake_runs.ts";
import { type TempStore, tempStore } from "./temp_store.ts";

export const TOKEN = "theRightToken0123456789";

/** A real server with a real store; only the runs are not real. */
export interface HttpStage extends AsyncDisposable {
  readonly temp: TempStore;
  readonly runs: FakeRuns;
  readonly listener: Listener;
  readonly url: string;
  readonly client: ApiClient;
  /** What was logged. */
  readonly lines: string[];
  /** The answer to a request that has no token unless it brings one. */
  raw(path: string, init?: RequestInit): Promise<{ status: number; headers: Headers; text: string }>;
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
        id: "anthropic/claude-sonnet-4-5",
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
  return {
    temp,
    runs,
    listener,
    url,
    client: apiClient(url, TOKEN),
    lines,
    async raw(path, init) {
      const answer = await fetch(`${url}${path}`, { redirect: "manual", ...init });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    },
    async [Symbol.asyncDispose]() {
      await listener.close();
      await temp[Symbol.asyncDispose]();
    },
  };
}
