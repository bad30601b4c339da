/**
 * Tests on a real Docker daemon.
 *
 * `dockerTest` is `test` for those. Where no daemon answers they are skipped, and one line per file says so;
 * under `STAKPAK_TEST_DOCKER=required` (CI) they fail instead.
 *
 * @module
 */

/** Every container that a test starts carries it, so that `.ci/run` can sweep up after a killed run. */
export const LABEL = "stakpak-test";

/** A daemon that takes longer is as good as none. */
const ANSWER_LIMIT_MS = 5_000;

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of this machine to its end, with `stdin` or none. Rejects only when it cannot start. */
export async function run(
  argv: readonly string[],
  stdin?: ReadableStream<Uint8Array> | string,
): Promise<Output> {
  const [program, ...args] = argv;
  const child = new Deno.Command(program!, {
    args,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = typeof stdin === "string" ? new Blob([stdin]).stream() : stdin;
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), input?.pipeTo(child.stdin)]);
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Runs `docker …` and resolves to its stdout without the line end. Rejects with its stderr when it fails. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(["docker", ...args]);
  if (code !== 0) throw new Error(`docker ${args.join(" ")} exited ${code}: ${stderr.trim()}`);
  return stdout.trimEnd();
}

/** A test that needs the daemon. Sanitizers on, as in `test`. */
export function dockerTest(name: string, fn: (context: Deno.TestContext) => Promise<void>): void {
  const required = Deno.env.get("STAKPAK_TEST_DOCKER") === "required";
  Deno.test({
    name,
    // Without a daemon there is nothing to test; CI sets `required`, so that it cannot pass there unnoticed.
    ignore: !ANSWERS && !required,
    sanitizeOps: true,
    sanitizeResources: true,
    sanitizeExit: true,
    async fn(context) {
      if (!ANSWERS) {
        throw new Error("Cannot test on Docker: no daemon answers, and STAKPAK_TEST_DOCKER=required");
      }
      await fn(context);
    },
  });
}

async function daemonAnswers(): Promise<boolean> {
  const asking = new Deno.Command("docker", {
    args: ["version", "--format", "{{.Server.Version}}"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  try {
    return (await asking.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const ANSWERS: boolean = await daemonAnswers();
if (!ANSWERS) {
  // deno-lint-ignore no-console
  console.log("No Docker daemon answers: the tests of this file that need one are skipped");
}
