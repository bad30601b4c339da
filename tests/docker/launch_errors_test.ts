/**
 * What a user reads who asks for a box and gets none, as transcripts (tests/docker/launches).
 *
 * @module
 */
import { equal } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { type Launcher, realStage } from "../cli/real_stage.ts";
import { parseTranscript, play } from "../cli/transcript.ts";
import { bundledProgram } from "./bundled_program.ts";
import { docker, dockerTest, run } from "./docker.ts";
import { foreignImage } from "./foreign_image.ts";
import { baseImage } from "./images.ts";
import type { Environment } from "./machine_user.ts";
import { sh } from "./sh.ts";

const FOLDER = new URL("launches/", import.meta.url);
const EMPTY = "stakpak-test-launch:empty";
/** The host's own docker, as `sh` takes an account. */
const HERE = {
  name: "this account",
  run: (argv: readonly string[], _env?: Environment, stdin?: string) => run(argv, stdin),
};

for await (const { name } of Deno.readDir(FOLDER)) {
  const transcript = parseTranscript(await Deno.readTextFile(new URL(name, FOLDER)));
  dockerTest(`no box: ${transcript.title}`, async () => {
    await baseImage();
    await using _foreign = await foreignImage(HERE, "stakpak-test-launch:s390x");
    await using _empty = await emptyImage();
    await using stage = await realStage(transcript, await bundledProgram() as Launcher, "");
    await play(transcript, stage);
    const label = `label=${LABELS.home}=${await homeOf(denoHost([]), `${stage.home}/.stakpak/run`)}`;
    equal(await docker("ps", "--all", "--quiet", "--filter", label), "");
  });
}

async function emptyImage(): Promise<AsyncDisposable> {
  await sh(HERE, `tar -cf - -T /dev/null | docker import - ${EMPTY}`);
  return { [Symbol.asyncDispose]: () => sh(HERE, `docker rmi ${EMPTY}`) };
}
