/**
 * A shell that waits to end process groups. Its own `kill` starts no process: it still works where there is no room
 * for one, because what is to be ended has taken all of it.
 *
 * @module
 */
const SCRIPT = 'while read -r signal group; do kill -s "$signal" -- "-$group"; echo; done 2> /dev/null';
/** What is to be ended may have ended or stopped the shell. */
const ANSWER_MS = 200;

interface Shell {
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
  readonly answers: ReadableStreamDefaultReader<Uint8Array>;
}

let standing: Shell | undefined;

export interface Standing extends AsyncDisposable {
  readonly pid: number;
}

/** See `Host.standBy`. */
export function standBy(): Standing {
  const child = new Deno.Command("sh", {
    args: ["-c", SCRIPT],
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
    // What is sent to our group must not end it before us.
    detached: true,
  }).spawn();
  const shell = standing = { input: child.stdin.getWriter(), answers: child.stdout.getReader() };
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      if (standing === shell) standing = undefined;
      await shell.input.close().catch(() => {});
      await shell.answers.cancel();
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await child.status;
    },
  };
}

/** Whether a shell stood by and has sent `signal` to the process group `group`. */
export async function signalByStanding(group: number, signal: "TERM" | "KILL"): Promise<boolean> {
  const shell = standing;
  if (!shell) return false;
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), ANSWER_MS);
  const asked = (async () => {
    await shell.input.write(new TextEncoder().encode(`${signal} ${group}\n`));
    return !(await shell.answers.read()).done;
  })().catch(() => false);
  try {
    const answered = await Promise.race([asked, late.promise]);
    // One that is late would answer the next question.
    if (!answered && standing === shell) standing = undefined;
    return answered;
  } finally {
    clearTimeout(timer);
  }
}
