export interface StoreChild extends AsyncDisposable {
  readonly pid: number;
  /** The next line that it prints; `undefined` when it has ended. */
  line(): Promise<string | undefined>;
  /** All lines until it ends. */
  rest(): Promise<string[]>;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The words that start `store_child.ts`. */
export function childWords(...args: readonly string[]): [string, ...string[]] {
  const path = (file: string) => new URL(file, import.meta.url).pathname;
  const config = path("../../deno.json");
  return [
    Deno.execPath(),
    "run",
    "--quiet",
    "--no-check",
    "--config",
    config,
    "-A",
    path("store_child.ts"),
    ...args,
  ];
}

/** Starts `store_child.ts`; disposing ends it. */
export function startChild(...args: readonly string[]): StoreChild {
  const [program, ...words] = childWords(...args);
  const child = new Deno.Command(program, { args: words, stdin: "null", stdout: "piped" }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const line = async () => {
    while (!text.includes("\n")) {
      const { value, done } = await reader.read();
      if (done) return undefined;
      text += value;
    }
    const [first] = text.split("\n", 1);
    text = text.slice(first!.length + 1);
    return first;
  };
  const kill = async () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await child.status;
  };
  return {
    pid: child.pid,
    line,
    async rest() {
      const lines: string[] = [];
      for (let next = await line(); next !== undefined; next = await line()) lines.push(next);
      return lines;
    },
    kill,
    async [Symbol.asyncDispose]() {
      await kill();
      await reader.cancel();
    },
  };
}
