import * as machines from "../fakes/machines.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { fakeStage } from "./fake_stage.ts";
import { launcher } from "./launcher.ts";
import { realStage } from "./real_stage.ts";
import { parseTranscript, play } from "./transcript.ts";

const NAMED = machines as unknown as Readonly<Record<string, FakeMachine>>;

for (const [name, text] of await transcripts("fake")) {
  const transcript = parseTranscript(text);
  test(`${name}: ${transcript.title}`, async () => {
    const machine = NAMED[transcript.machine ?? "healthy"];
    if (!machine) throw new Error(`tests/fakes/machines.ts has no machine "${transcript.machine}"`);
    await play(transcript, fakeStage(transcript, machine));
  });
}

for (const [name, text] of await transcripts("real")) {
  const transcript = parseTranscript(text);
  test(`${name}: ${transcript.title}`, async () => {
    const { command, denoDir } = launcher();
    await using stage = await realStage(transcript, command, denoDir);
    await play(transcript, stage);
  });
}

async function transcripts(folder: string): Promise<[string, string][]> {
  const base = new URL(`./${folder}/`, import.meta.url);
  const found: [string, string][] = [];
  for await (const { name } of Deno.readDir(base)) {
    if (name.endsWith(".txt")) {
      found.push([`${folder}/${name}`, await Deno.readTextFile(new URL(name, base))]);
    }
  }
  return found.sort();
}
