/**
 * Tests on a real Docker daemon.
 *
 * `dockerTest` is `test` for those. Where they cannot run (no daemon answers, no image can be made) they are skipped,
 * and one line per file says why; under `STAKPAK_TEST_DOCKER=required` (CI) they fail instead.
 *
 * @module
 */

/** Every container that a test starts carries it, so that `.ci/run` can sweep up after a killed run. */
export const LABEL = "stakpak-test";

/** Debian with nothing in it. */
export const BASE_IMAGE = "stakpak-test:bookworm";

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
  testUnless(HINDRANCE, name, fn);
}

/** A `dockerTest` that mounts, makes network namespaces, or starts a daemon of its own: what root alone may. */
export function rootDockerTest(name: string, fn: (context: Deno.TestContext) => Promise<void>): void {
  const hindrance = HINDRANCE ?? (Deno.uid() === 0 ? undefined : "only root may do what it does");
  if (hindrance !== HINDRANCE) say(`Skipped: ${hindrance}: ${name}`);
  testUnless(hindrance, name, fn);
}

function testUnless(
  hindrance: string | undefined,
  name: string,
  fn: (context: Deno.TestContext) => Promise<void>,
): void {
  const required = Deno.env.get("STAKPAK_TEST_DOCKER") === "required";
  Deno.test({
    name,
    // Without it there is nothing to test; CI sets `required`, so that it cannot pass there unnoticed.
    ignore: hindrance !== undefined && !required,
    sanitizeOps: true,
    sanitizeResources: true,
    sanitizeExit: true,
    async fn(context) {
      if (hindrance !== undefined) {
        throw new Error(`Cannot test on Docker: ${hindrance}, and STAKPAK_TEST_DOCKER=required`);
      }
      await fn(context);
    },
  });
}

/** Why the tests on Docker cannot run here. */
async function hindrance(): Promise<string | undefined> {
  if (!await succeeds("docker", "version", "--format", "{{.Server.Version}}")) return "no daemon answers";
  if (await succeeds("docker", "image", "inspect", BASE_IMAGE)) return undefined;
  const mayMakeIt = Deno.uid() === 0 && await succeeds("debootstrap", "--version");
  return mayMakeIt ? undefined : `${BASE_IMAGE} is not there, and making it takes root and debootstrap`;
}

async function succeeds(program: string, ...args: readonly string[]): Promise<boolean> {
  const asking = new Deno.Command(program, {
    args: [...args],
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

function say(line: string): void {
  // deno-lint-ignore no-console
  console.log(line);
}

const HINDRANCE: string | undefined = await hindrance();
if (HINDRANCE !== undefined) say(`The Docker tests of this file are skipped: ${HINDRANCE}`);
