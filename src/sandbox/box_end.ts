import { plainText } from "../domain/plain_text.ts";
import type { Inspection } from "../host/inspection.ts";
import type { BoxEnd } from "./box.ts";
import { deadline } from "./deadline.ts";

/** What docker says of a container that is not running any more. */
interface EndState {
  readonly Status: string;
  readonly OOMKilled: boolean;
  readonly ExitCode: number;
  readonly Error: string;
}

const STATE_MS = 5_000;

/**
 * Why the container `name` is gone, from its docker client's exit code and what the engine knows of it; asked before
 * it is removed. Never rejects.
 */
export async function boxEnd(host: Inspection, name: string, clientCode: number): Promise<BoxEnd> {
  using limit = deadline(STATE_MS, "no answer");
  try {
    const argv = ["docker", "inspect", "--type", "container", "-f", "{{json .State}}", name];
    const { code, stdout, stderr } = await host.run(argv, limit.signal);
    if (code === 0) return endOf(JSON.parse(stdout) as EndState, clientCode);
    if (/no such container/i.test(stderr)) {
      return { cause: "killed", message: "The box was removed by somebody else" };
    }
    return { cause: "engine down", message: `Docker does not answer: ${lastLine(stderr)}` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { cause: "engine down", message: `Docker does not answer: ${lastLine(why)}` };
  }
}

function endOf({ Status, OOMKilled, ExitCode, Error: why }: EndState, clientCode: number): BoxEnd {
  if (Status === "running") {
    return { cause: "killed", message: "The docker client of the box was killed", exitCode: clientCode };
  }
  if (Status === "created") {
    const cause = /no such image|image .*not found/i.test(why) ? "image gone" : "exited";
    return { cause, message: `The box could not start: ${lastLine(why)}`, exitCode: clientCode };
  }
  const exitCode = ExitCode;
  if (OOMKilled && exitCode === 137) {
    return { cause: "out of memory", message: "The box ran out of memory and was killed", exitCode };
  }
  if (exitCode === 137) {
    // Docker is told of a want of memory on another way, and now and then too late.
    return {
      cause: "killed",
      message: "The box was killed (signal 9), perhaps for want of memory",
      exitCode,
    };
  }
  if (exitCode > 128 && exitCode < 128 + 65) {
    return { cause: "killed", message: `The box was killed (signal ${exitCode - 128})`, exitCode };
  }
  return { cause: "exited", message: `The box exited with code ${exitCode}`, exitCode };
}

function lastLine(text: string): string {
  return plainText(text.trim().split("\n").at(-1) ?? "").slice(0, 300);
}
