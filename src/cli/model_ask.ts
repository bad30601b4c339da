import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { quotedName } from "../domain/printable.ts";
import { API_RULES } from "../models/apis.ts";
import { GatewayBroken, type InferenceAnswer } from "../models/gateway.ts";
import type { ModelRoute } from "../models/model_route.ts";
import { openGateway } from "../models/open_gateway.ts";
import { resolveRoute } from "../models/resolve_route.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { modelTrouble } from "./model_trouble.ts";
import { profileModel } from "./profile_model.ts";

/** Enough for a word, and for the least that every API takes. */
const ANSWER_TOKENS = 64;

/** `model test [MODEL]`: one real request, by the way that runs take. */
export async function askModel(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
  asked?: string,
): Promise<ExitCode> {
  const { profile, model: own } = await profileModel(cli);
  const model = asked ?? own;
  if (model === undefined) {
    throw new UserError(
      `Cannot test a model: profile ${quotedName(cli.profile)} has no model, and none is named`,
      {
        hint: "stakpak model test PROVIDER/MODEL",
        exitCode: EXIT.usage,
      },
    );
  }
  const route = await resolveRoute(cli.host, model, profile);
  const id = `${route.provider}/${route.model}`;
  const start = performance.now();
  const { status, headers, text, usage } = await answerOf(cli, route, id);
  const durationMs = Math.round(performance.now() - start);
  const trouble = modelTrouble(id, { status, headers, text });
  if (trouble) throw trouble;
  const { inputTokens, outputTokens } = usage();
  const address = new URL(route.url).host;
  if (json) {
    const { provider, model, api } = route;
    const said = { schema: 1, provider, model, api, address, durationMs, inputTokens, outputTokens };
    cli.terminal.print(plainJson(said));
  } else {
    const took = `${durationMs} ms, ${inputTokens} tokens in, ${outputTokens} out`;
    cli.terminal.print(`${id} answers (${address}, ${route.api}): ${took}`);
  }
  return EXIT.ok;
}

async function answerOf(
  { host, redact, signal }: Cli,
  route: ModelRoute,
  id: string,
): Promise<Omit<InferenceAnswer, "body"> & { readonly text: string }> {
  const gateway = openGateway({ fetch: host.fetch, now: host.now });
  const limits = { ...route.limits, outputTokens: ANSWER_TOKENS };
  const body = JSON.stringify(API_RULES[route.api].asking("Say OK."));
  const request = { url: route.workerBase + route.workerPath, method: "POST", body };
  try {
    const answer = await gateway.open({ ...route, limits }, request, { redact, signal });
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of answer.body) text += decoder.decode(chunk, { stream: true });
    return { ...answer, text };
  } catch (error) {
    if (!(error instanceof GatewayBroken)) throw error;
    throw new UserError(`Cannot reach ${quotedName(id)}: ${error.message}`, {
      hint: "see the address of its provider: stakpak model list",
      cause: error,
    });
  }
}
