/**
 * What can be said about a box that did not come up.
 *
 * @module
 */
import { isImageName, shownImage } from "../config/sandbox_image.ts";
import type { Inspection } from "../host/inspection.ts";
import type { BoxEnd } from "./box.ts";
import { deadline } from "./deadline.ts";

export interface Diagnosis {
  /** What is wrong with the image, where it is that: then nothing else is worth saying of the step or the end. */
  readonly cause?: string;
  /** Lines to stand below the failure; redacted where `lastLines` are. */
  readonly lines: readonly string[];
  /** What to do about it, where that is known. */
  readonly hint?: string;
}

export interface Evidence {
  readonly image: string;
  /** Redacted, as the box's log gives them. */
  readonly lastLines: readonly string[];
  /** Absent while it runs. */
  readonly end?: BoxEnd | undefined;
}

const ARCHITECTURES = { x86_64: "amd64", aarch64: "arm64" } as const;
const LINES_SHOWN = 10;
const INSPECT_MS = 5_000;
/** How docker says that an image is not there, and that it may not be fetched. */
const ABSENT = /unable to find image|no such image/i;
/** The kernel was given a program for another machine, or one whose libraries are not there. */
const FOREIGN = /exec format error/i;
const NO_LIBC =
  /(?:stakpak|deno)\W*(?:failed)?: (?:no such file|not found)|error while loading shared libraries/i;
const WITH_GLIBC = "debian:bookworm-slim";

/** Asks the engine about the image, and puts together what is known. Never rejects. */
export async function diagnose(host: Inspection, { image, lastLines, end }: Evidence): Promise<Diagnosis> {
  const printed = lastLines.join("\n");
  const shown = shownImage(image);
  if (ABSENT.test(printed)) {
    const hint = isImageName(image) ? `docker pull ${image}` : "set image under [sandbox] in autopilot.toml";
    return { cause: `image ${shown} is not present`, lines: [], hint };
  }
  const platform = await platformOf(host, image);
  const wanted = `linux/${ARCHITECTURES[host.arch]}`;
  const lines = [
    ...lastLines.length > 0 ? ["it printed last:"] : ["it printed nothing"],
    ...lastLines.slice(-LINES_SHOWN).map((line) => `  ${line}`),
  ];
  if (FOREIGN.test(printed) || platform !== undefined && platform !== wanted) {
    const cause = `image ${shown} is for ${platform ?? "another machine"}, this machine is ${wanted}`;
    return { cause, lines, hint: `docker pull --platform ${wanted} ${shown}` };
  }
  if (NO_LIBC.test(printed)) {
    const hint = `take an image that has one: docker pull ${WITH_GLIBC}`;
    return { cause: `image ${shown} has no glibc, which this program needs`, lines, hint };
  }
  if (end?.cause === "out of memory" || end?.exitCode === 137) {
    return { lines, hint: "raise memory under [sandbox] in autopilot.toml" };
  }
  return { lines };
}

async function platformOf(host: Inspection, image: string): Promise<string | undefined> {
  using limit = deadline(INSPECT_MS, "no answer");
  try {
    const argv = ["docker", "image", "inspect", "-f", "{{.Os}}/{{.Architecture}}", image];
    const { stdout } = await host.run(argv, limit.signal);
    return /^\w+\/\w+$/.exec(stdout.trim())?.[0];
  } catch {
    return undefined;
  }
}
