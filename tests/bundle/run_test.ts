/**
 * Runs from the bundle alone: their workers, their models and their box are in the one file.
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import { assertEnded, runStage } from "../cli/run_stage.ts";
import { EXIT } from "../../src/domain/error.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { docker, dockerTest } from "../docker/docker.ts";
import { baseImage } from "../docker/images.ts";
import { readEvents } from "../runs_world/event_reader.ts";
import { type ProcessOptions, processWorld } from "../runs_world/process_world.ts";
import type { Provider } from "../runs_world/provider.ts";
import { answersIn, call } from "../runs_world/spoken.ts";
import { WIRES } from "../runs_world/steps.ts";
import { profileName } from "../runs_world/world_files.ts";
import { test } from "../sanitized.ts";
import { loneBundle } from "./lone_bundle.ts";

/** In a box there is no other interface than this one. */
const LOOK = "echo sum $((40 + 2)); ls /sys/class/net";

function script(provider: Provider, key: string) {
  return provider.script(key, [
    { say: "I look.", calls: [call("run_command", { command: LOOK }, "c1")] },
    { say: "It is 42." },
  ]);
}

/** `serve`, a message for each kind of provider, and their events until the run is over. */
async function served(options: ProcessOptions): Promise<string[]> {
  await using world = await processWorld(options);
  const { client, provider } = world;
  const answers: string[] = [];
  for (const wire of WIRES) {
    const { requests } = script(provider, wire);
    const sessionId = await client.newSession();
    await using events = readEvents(client.url, client.token, sessionId);
    const text = `[[${wire}]] Add`;
    const { status, body } = await client.start(sessionId, {
      text,
      profile: profileName(wire, "free"),
      sandbox: options.tools === "box",
    });
    equal(status, 200, JSON.stringify(body));
    const { name, fields } = await events.end(body.run_id);
    equal(name, "run_completed", `${JSON.stringify(fields)} ${world.said()}`);
    answers.push(answersIn(requests[1]!).get("c1")!);
  }
  equal(await world.stop(), EXIT.interrupted, world.said());
  return answers;
}

test("the bundle alone serves a run with its workers, over every kind of provider", async () => {
  await using alone = await loneBundle();
  for (const answer of await served({ tools: "host", program: alone.command })) match(answer, /^sum 42\n/);
});

dockerTest("the bundle alone serves a run in a box, and carries one out by itself", async () => {
  await using alone = await loneBundle();
  const autopilot = `[sandbox]\nimage = "${await baseImage()}"\n`;
  for (const answer of await served({ tools: "box", program: alone.command, files: { autopilot } })) {
    match(answer, /^sum 42\nlo\b/);
  }

  await using stage = await runStage({ command: alone.command, autopilot });
  const { requests } = script(stage.provider, "by-itself");
  const ended = await stage.stakpak("run", "[[by-itself]] Add", "--approve", "run_command");
  assertEnded(ended, { code: 0, out: ["I look.", "It is 42."], err: ["..."] });
  match(answersIn(requests[1]!).get("c1")!, /^sum 42\nlo\b/);
  const label = `label=${LABELS.home}=${await homeOf(denoHost([]), `${stage.home}/.stakpak/run`)}`;
  deepEqual(await docker("ps", "--all", "--quiet", "--filter", label), "");
});
