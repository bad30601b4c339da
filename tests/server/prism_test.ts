/**
 * What the API answers is what its description promises: judged by another's proxy, between a client and the server.
 *
 * @module
 */
import { deepEqual } from "node:assert/strict";
import { type ApiClient, apiClient } from "../runs_world/api_client.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { canPlay, playScenario } from "../runs_world/play_scenario.ts";
import { processWorld } from "../runs_world/process_world.ts";
import { SCENARIOS } from "../runs_world/scenarios.ts";
import { WIRES } from "../runs_world/steps.ts";
import type { World } from "../runs_world/world.ts";
import { notJudged } from "../probes/judge.ts";
import { runs } from "../runs.ts";
import { test } from "../sanitized.ts";
import { askForRefusals } from "./every_refusal.ts";
import { type Ask, askEveryRoute } from "./every_route.ts";
import { startPrism } from "./prism.ts";

const FULL = runs(20) === 20;

/** It takes a server that fails, ends or has too much to do, or what is no request at all. */
const NOT_ASKED =
  /500$|429$|^(?:sendMessage|followEvents) 503$|^(?:showHealth|showReady|showOpenapi|showMetrics|showConfig|listModels) 400$/;

/** Gives `use` the address of a prism in front of `world`; it must find nothing. */
async function judged(
  { client }: World,
  judgesRequests: boolean,
  use: (url: string) => Promise<void>,
): Promise<boolean> {
  const prism = await startPrism(client.url, { judgesRequests });
  if (!prism) {
    notJudged("prism is not installed, and npm does not answer");
    return false;
  }
  let failed: { cause: unknown } | undefined;
  await use(prism.url).catch((cause) => failed = { cause });
  const found = await prism.end();
  if (failed) throw new Error(`prism found: ${found.join("\n")}`, failed);
  deepEqual(found, []);
  return true;
}

test("every route answers as documented, also where it refuses, and takes what it documents", async () => {
  await using world = await inProcessWorld();
  const { body: document } = await world.client.ask("GET", "/v1/openapi.json");
  const seen = new Set<string>();
  const note = (method: string, path: string, status: number) => {
    const [operation] = operationsAt(document, method, path);
    seen.add(`${operation} ${status}`);
  };
  const through = (url: string): Ask => {
    const { ask } = apiClient(url, world.client.token);
    return async (method, path, body, headers) => {
      const answer = await ask(method, path, body, headers);
      note(method, path, answer.status);
      return answer;
    };
  };
  const all = await judged(world, true, async (url) => {
    await askEveryRoute(world, through(url), async (path) => {
      const headers = { authorization: `Bearer ${world.client.token}` };
      const response = await fetch(`${url}${path}`, { headers });
      note("GET", path, response.status);
      return await response.text();
    });
  }) && await judged(world, false, (url) => askForRefusals(document, through(url)));
  if (!all) return;
  const documented = Object.values<Operations>(document.paths).flatMap(Object.values<Operations[string]>)
    .flatMap(({ operationId, responses }) =>
      Object.keys(responses).map((status) => `${operationId} ${status}`)
    );
  deepEqual(documented.filter((one) => !seen.has(one) && !NOT_ASKED.test(one)), []);
});

type Operations = Readonly<Record<string, { operationId: string; responses: Record<string, unknown> }>>;

function operationsAt(
  document: { paths: Record<string, Operations> },
  method: string,
  path: string,
): string[] {
  const [at] = path.split("?");
  return Object.entries(document.paths)
    .filter(([template]) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(at!))
    .toSorted(([one], [other]) => one.split("{").length - other.split("{").length)
    .map(([, operations]) => operations[method.toLowerCase()]?.operationId ?? "none");
}

test("`stakpak serve` answers as documented in every scenario", async ({ step }) => {
  await using world = await processWorld({ tools: "host" });
  await judged(world, true, async (url) => {
    const { ask } = apiClient(url, world.client.token);
    for (const path of ["health", "ready", "openapi.json", "models", "config"]) {
      await ask("GET", `/v1/${path}`);
    }
    // Events come from the server itself: prism would wait for their end.
    const client: ApiClient = {
      ...apiClient(url, world.client.token, { sandbox: false }),
      url: world.client.url,
    };
    const all = SCENARIOS.filter((scenario) => canPlay(world, scenario) && !scenario.slow);
    for (const [index, scenario] of all.filter((_, index) => FULL || index % 12 === 0).entries()) {
      const { wires = WIRES } = scenario;
      const wire = wires[index % wires.length]!;
      await step(scenario.name, async () => void await playScenario({ ...world, client }, scenario, wire));
    }
  });
});
