/**
 * Tools of sessions in real boxes: a shared one, and one's own.
 *
 * @module
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sessionName } from "../../src/domain/session_name.ts";
import { engineAnswers } from "../../src/sandbox/engine_answers.ts";
import { ephemeralSource } from "../../src/sandbox/ephemeral_source.ts";
import { startPersistent } from "../../src/sandbox/persistent_source.ts";
import type { SandboxSource } from "../../src/sandbox/source.ts";
import { ownTools } from "../../src/server/own_tools.ts";
import { sandboxTools } from "../../src/server/sandbox_tools.ts";
import type { SessionTools } from "../../src/server/session_tools.ts";
import { type BoxStage, boxStage } from "./box_stage.ts";
import { dockerTest } from "./docker.ts";

const signal = new AbortController().signal;

async function sh(tools: SessionTools, command: string): Promise<string> {
  const call = { id: "1", name: "stakpak__run_command", input: { command } };
  return (await tools.call(call, { signal })).text.trim();
}

const toolsOf = ({ lines }: BoxStage, source: SandboxSource, sessionId = "a") =>
  sandboxTools({ sessionId, source: () => Promise.resolve(source), log: (line) => lines.push(line) });

dockerTest("a shared box lists the tools that this program has, and tells of the workspace", async () => {
  await using stage = await boxStage();
  await using source = await startPersistent({
    launch: stage.launcher.launch,
    engineAnswers: (signal) => engineAnswers(stage.host, signal),
    now: () => stage.host.now(),
    onFailure: "degrade",
    log: (line) => stage.lines.push(line),
  }, signal);
  await using tools = toolsOf(stage, source);
  deepEqual(await tools.list(signal), ownTools());
  const folder = await sessionName("a");
  equal(
    await sh(tools, "pwd; echo 'Use tabs.' > AGENTS.md; echo 'One app.' > ../apps.md"),
    `/workspace/${folder}`,
  );
  const items = await tools.workspace(signal);
  deepEqual(items.slice(0, 2), [
    { name: `/workspace/${folder}/AGENTS.md`, content: "Use tabs." },
    { name: "/workspace/apps.md", content: "One app." },
  ]);
  deepEqual(items.slice(2).map(({ name }) => name), ["system details", "working folder"]);
  match(items[2]!.content, new RegExp(`^folder: /workspace/${folder}\ntime: .* UTC\nsystem: Linux `));
  match(items[3]!.content, /AGENTS\.md/);
  deepEqual(stage.lines, []);
});

dockerTest("a box of one's own is made by the first call, and gone with the session's tools", async () => {
  await using stage = await boxStage();
  await using source = ephemeralSource({
    launch: stage.launcher.launch,
    now: () => stage.host.now(),
    log: (line) => stage.lines.push(line),
  });
  {
    await using tools = toolsOf(stage, source);
    deepEqual([await tools.list(signal), await tools.workspace(signal)], [ownTools(), []]);
    deepEqual(await stage.containers(), []);
    equal(await sh(tools, "echo hello"), "hello");
    equal((await stage.containers()).length, 1);
    ok((await tools.workspace(signal)).length > 0);
  }
  deepEqual(await stage.containers(), []);
  deepEqual(stage.lines, []);
});
