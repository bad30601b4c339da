/**
 * Plays a scenario in a world, and checks what holds for all of them.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { RunEventFields } from "../../src/domain/run_event.ts";
import { checkSession } from "./check_session.ts";
import { readEvents, type SeenEvent } from "./event_reader.ts";
import type { Script } from "./provider.ts";
import type { Play, Scenario, Stage } from "./scenario.ts";
import { accepted } from "./spoken.ts";
import type { Scripted, Wire } from "./steps.ts";
import { faultsOf } from "./well_formed.ts";
import type { World } from "./world.ts";
import { MODELS, profileName } from "./world_files.ts";

let plays = 0;

/** Whether that world has what the scenario takes. */
export function canPlay(world: Pick<World, "inside" | "boxes">, { needs }: Scenario): boolean {
  return needs === undefined || (needs === "inside" ? world.inside !== undefined : world.boxes);
}

export async function playScenario(world: World, scenario: Scenario, wire: Wire): Promise<Play> {
  const { client, provider, store } = world;
  const stage: Stage = {
    wire,
    profile: (kind) => profileName(wire, kind),
    otherModel: (other) => other ? MODELS[other][0] : MODELS[wire][1],
  };
  const key = `play${++plays}-${crypto.randomUUID().slice(0, 8)}`;
  const steps = scenario.script(stage);
  const script = provider.script(key, steps);
  if (world.inside) scenario.before?.(world.inside);
  const sessionId = await client.newSession(scenario.name);
  await using events = readEvents(client.url, client.token, sessionId);
  const { status, body } = await client.start(sessionId, {
    profile: stage.profile("free"),
    ...scenario.start?.(stage),
    text: `Please do it. [[${key}]]`,
  });
  accepted({ status, body });
  const play: Play = {
    ...stage,
    client,
    store,
    provider,
    sessionId,
    runId: body.run_id,
    events,
    script,
    folder: await world.folderOf(sessionId),
    release: () => steps.forEach((step) => typeof step === "object" && step.hold?.open()),
    ...world.inside && { inside: world.inside },
  };
  try {
    await scenario.during?.(play);
    if (scenario.deletes) return play;
    const end = await events.end(play.runId);
    assertEnd(scenario, end);
    assertScript(scenario, script, steps, wire);
    await scenario.check?.(play);
    await goOn(play, world);
    checkSession(store, sessionId, events.seen);
  } finally {
    play.release();
  }
  return play;
}

function assertEnd({ ends }: Scenario, { name, fields }: SeenEvent<"run_completed" | "run_error">): void {
  const told = name === "run_completed"
    ? { stopped: (fields as RunEventFields["run_completed"]).stop_reason }
    : { failed: (fields as RunEventFields["run_error"]).reason };
  assert.deepEqual(told, ends, JSON.stringify(fields));
}

function assertScript(
  { spare = 0, crosses }: Pick<Scenario, "spare" | "crosses">,
  script: Script,
  steps: readonly Scripted[],
  wire: Wire,
): void {
  assert.equal(
    script.surplus(),
    0,
    `the model was asked ${script.requests.length} times, wanted ${steps.length}`,
  );
  assert.ok(
    script.left() <= spare,
    `the model was asked ${script.requests.length} times, wanted ${steps.length}`,
  );
  for (const [index, request] of script.requests.entries()) {
    if (!crosses) assert.equal(request.wire, wire);
    assert.deepEqual(faultsOf(request), [], `request ${index} is well formed: ${request.text}`);
  }
}

/** Whatever became of the run: the session takes another one, and the model gets a conversation that it can read. */
async function goOn(play: Play, world: World): Promise<void> {
  const { client, sessionId, events, wire, profile } = play;
  const key = `again${++plays}-${crypto.randomUUID().slice(0, 8)}`;
  const script = world.provider.script(key, [{ say: "Again." }]);
  const { status, body } = await client.start(sessionId, {
    text: `And again. [[${key}]]`,
    profile: profile("free"),
    model: MODELS[wire][0],
  });
  accepted({ status, body });
  const { name, fields } = await events.end(body.run_id);
  assert.deepEqual(
    [name, "stop_reason" in fields && fields.stop_reason],
    ["run_completed", "completed"],
    `the session goes on: ${JSON.stringify(fields)}`,
  );
  assertScript({}, script, [{}], wire);
}
