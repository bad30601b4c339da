/**
 * A client of the HTTP API that knows no more than its description.
 *
 * @module
 */

export interface ApiAnswer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any -- JSON of another program
  readonly body: any;
}

export interface StartOptions {
  readonly text: string;
  readonly profile?: string;
  readonly model?: string;
  readonly sandbox?: boolean;
  readonly pauseOnApproval?: boolean;
  readonly context?: readonly { name: string; content: string; priority?: string }[];
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
}

export type Decision =
  | { readonly action: "accept" }
  | { readonly action: "reject"; readonly content?: string }
  | { readonly action: "custom_result"; readonly content: string };

/** Every method answers the status and the body; only `ask` and what names a status in its text rejects. */
export interface ApiClient {
  readonly url: string;
  readonly token: string;
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer>;
  /** The new session's id. Rejects when it was not made. */
  newSession(title?: string): Promise<string>;
  start(sessionId: string, options: StartOptions): Promise<ApiAnswer>;
  send(sessionId: string, runId: string, type: "steering" | "follow_up", text: string): Promise<ApiAnswer>;
  cancel(sessionId: string, runId: string): Promise<ApiAnswer>;
  pending(sessionId: string): Promise<ApiAnswer>;
  decide(sessionId: string, runId: string, decisions: Readonly<Record<string, Decision>>): Promise<ApiAnswer>;
  switchModel(sessionId: string, runId: string, model: string): Promise<ApiAnswer>;
}

/** Whoever is not answered by then waits for ever. */
const PATIENCE_MS = 60_000;

/** @param always what every start says, unless it says something else */
export function apiClient(url: string, token: string, always: Partial<StartOptions> = {}): ApiClient {
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        authorization: `Bearer ${token}`,
        ...body !== undefined && { "content-type": "application/json" },
        ...headers,
      },
      ...body !== undefined && { body: JSON.stringify(body) },
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  const inSession = (sessionId: string, path: string) => `/v1/sessions/${sessionId}${path}`;
  return {
    url,
    token,
    ask,
    async newSession(title = "a test") {
      const { status, body } = await ask("POST", "/v1/sessions", { title });
      if (status !== 201) throw new Error(`no session: ${status} ${JSON.stringify(body)}`);
      return body.id;
    },
    start: (sessionId, { text, pauseOnApproval, idempotencyKey, ...rest }) =>
      ask(
        "POST",
        inSession(sessionId, "/messages"),
        {
          message: { role: "user", content: text },
          ...pauseOnApproval !== undefined && { pause_on_approval: pauseOnApproval },
          ...always,
          ...rest,
        },
        idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey },
      ),
    send: (sessionId, runId, type, text) =>
      ask("POST", inSession(sessionId, "/messages"), {
        message: { role: "user", content: text },
        type,
        run_id: runId,
      }),
    cancel: (sessionId, runId) => ask("POST", inSession(sessionId, "/cancel"), { run_id: runId }),
    pending: (sessionId) => ask("GET", inSession(sessionId, "/tools/pending")),
    decide: (sessionId, runId, decisions) =>
      ask("POST", inSession(sessionId, "/tools/decisions"), { run_id: runId, decisions }),
    switchModel: (sessionId, runId, model) =>
      ask("POST", inSession(sessionId, "/model"), { run_id: runId, model }),
  };
}
