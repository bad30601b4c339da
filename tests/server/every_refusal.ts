import { equal } from "node:assert/strict";
import type { Ask } from "./every_route.ts";

const ID = crypto.randomUUID();
const accept = { action: "accept" };

/** A body that each route takes, by its operation. */
const BODIES: Readonly<Record<string, unknown>> = {
  createSession: { title: "t" },
  updateSession: { title: "t" },
  sendMessage: { message: { role: "user", content: "t" } },
  cancelRun: { run_id: ID },
  switchModel: { run_id: ID, model: "anthropic/claude-opus-4-5" },
  decideCall: { run_id: ID, ...accept },
  decideCalls: { run_id: ID, decisions: { c1: accept } },
  resolveCalls: { run_id: ID, decisions: { c1: accept } },
  decideApproval: accept,
};

const TOO_LONG = "x".repeat(2 * 1024 * 1024);

// deno-lint-ignore no-explicit-any -- a document of any shape
type Json = any;

/** Asks every route of `document` for each refusal that a client can bring about by what it sends. */
export async function askForRefusals(document: Json, ask: Ask): Promise<void> {
  const session = (await ask("POST", "/v1/sessions", { title: "t" })).body.id;
  for (const [template, operations] of Object.entries<Json>(document.paths)) {
    for (const [method, { operationId, responses, parameters = [] }] of Object.entries<Json>(operations)) {
      const path = (id: string) =>
        template.replace("{tool_call_id}", "c1")
          .replace("{id}", template.startsWith("/v1/approvals") ? id.replace(/^.*?(?=[^-]*$)/, "call_") : id);
      const send = async (
        status: number,
        to: string,
        body = BODIES[operationId],
        headers: Readonly<Record<string, string>> = {},
      ) => {
        if (!responses[status]) return;
        const answer = await ask(method.toUpperCase(), to, body, headers);
        equal(answer.status, status, `${method} ${to}: ${JSON.stringify(answer.body)}`);
      };
      const here = path(session);
      await send(401, here, undefined, { authorization: "Bearer wrong" });
      await send(403, here, undefined, { origin: "http://elsewhere.example" });
      await send(413, here, { text: TOO_LONG });
      await send(415, here, undefined, { "content-type": "text/plain" });
      if (operationId in BODIES) await send(400, here, { nothing: true });
      if (template.includes("{id}")) {
        await send(400, template.replace("{id}", "1").replace("{tool_call_id}", "c1"));
      }
      if (parameters.some((one: Json) => one.in === "query")) await send(400, `${here}?nothing=1`);
      await send(404, path(crypto.randomUUID()));
      if (template.startsWith("/v1/sessions/{id}/") && operationId !== "sendMessage") await send(409, here);
    }
  }
  const steering = { message: { role: "user", content: "t" }, type: "steering" };
  equal((await ask("POST", `/v1/sessions/${session}/messages`, steering)).status, 409);
}
