/**
 * A box for each session, on real Docker: many of them, and nothing left.
 *
 * @module
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { ephemeralSource } from "../../src/sandbox/ephemeral_source.ts";
import type { SandboxLease } from "../../src/sandbox/source.ts";
import { runs } from "../runs.ts";
import { type BoxStage, boxStage } from "./box_stage.ts";
import { dockerTest } from "./docker.ts";

const never = new AbortController().signal;
const AT_A_TIME = 8;

function source({ launcher, host, lines }: BoxStage) {
  let now = 0;
  let most = 0;
  const boxes = ephemeralSource({
    async launch(request, signal) {
      most = Math.max(most, ++now);
      const box = await launcher.launch(request, signal);
      void box.ended.then(() => now--);
      return box;
    },
    now: () => host.now(),
    most: AT_A_TIME,
    log: (line) => lines.push(line),
  });
  return { boxes, most: () => most };
}

async function sh(lease: SandboxLease, command: string): Promise<string> {
  const { text } = await lease.call({ id: "1", name: "stakpak__run_command", input: { command } }, {
    signal: never,
  });
  return text;
}

dockerTest(
  "sessions ask all at once, get boxes eight at a time, are all answered, and leave nothing",
  async () => {
    const sessions = Math.max(20, runs(100));
    await using stage = await boxStage();
    const { boxes, most } = source(stage);
    const answers = await Promise.all(Array.from({ length: sessions }, async (_, index) => {
      await using lease = await boxes.lease(`session ${index}`, never);
      return (await sh(lease, `echo ${index} $(hostname)`)).split(" ");
    }));
    deepEqual(answers.map(([index]) => Number(index)), Array.from({ length: sessions }, (_, index) => index));
    equal(new Set(answers.map(([, hostname]) => hostname)).size, sessions);
    ok(most() <= AT_A_TIME, `${most()} at a time`);
    deepEqual([await stage.containers(), stage.lines], [[], []]);
    await boxes[Symbol.asyncDispose]();
    equal(boxes.state().consecutiveOk, sessions);
  },
);

dockerTest(
  "a session does not see the files of another, and finds its own again",
  async () => {
    await using stage = await boxStage();
    const { boxes } = source(stage);
    const [one, two] = [await boxes.lease("a", never), await boxes.lease("b", never)];
    await sh(one, "echo of a > /tmp/note");
    equal(await sh(one, "cat /tmp/note"), "of a");
    equal(
      await sh(two, "cat /tmp/note 2> /dev/null || echo nothing"),
      "nothing",
    );
    await boxes[Symbol.asyncDispose]();
    deepEqual(await stage.containers(), []);
  },
);
