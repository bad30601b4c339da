/**
 * A docker whose client can be watched and made to print: `docker run` hangs until the test ends it.
 *
 * @module
 */
import type { Host, StreamOptions } from "../../src/host/host.ts";
import type { CommandOutput } from "../../src/host/inspection.ts";
import { fakeHost, type FakeMachine } from "./fake_host.ts";

export interface FakeDocker {
  readonly host: Host;
  /** Every command line but those of `docker run`. */
  readonly ran: string[];
  /** What was started and listened to. */
  readonly started: string[][];
  /** Resolves when something first is. */
  readonly whenStarted: Promise<void>;
  /** What the running client prints. */
  print(text: string): void;
  printError(text: string): void;
  /** Ends the running client. */
  end(code: number): void;
  /** What other commands answer, by how the line begins; the first that fits. `docker rm` ends the client as well. */
  answers: Record<string, Partial<CommandOutput>>;
}

export function fakeDocker(machine: FakeMachine = {}): FakeDocker {
  const base = fakeHost(machine);
  const encoder = new TextEncoder();
  const [ran, started]: [string[], string[][]] = [[], []];
  let options: StreamOptions | undefined;
  let running = Promise.withResolvers<number>();
  const begun = Promise.withResolvers<void>();
  const docker: FakeDocker = {
    whenStarted: begun.promise,
    ran,
    started,
    answers: {},
    print: (text) => void options?.output(encoder.encode(text)),
    printError: (text) => void (options?.errors ?? options?.output)?.(encoder.encode(text)),
    end: (code) => running.resolve(code),
    host: {
      ...base,
      run(argv) {
        const line = argv.join(" ");
        ran.push(line);
        if (line.startsWith("docker rm")) running.resolve(137);
        const found = Object.entries(docker.answers).find(([beginning]) => line.startsWith(beginning));
        return Promise.resolve({ code: 0, stdout: "", stderr: "", ...found?.[1] });
      },
      async stream(argv, given, signal) {
        started.push([...argv]);
        options = given;
        running = Promise.withResolvers<number>();
        begun.resolve();
        const onAbort = () => running.reject(signal?.reason);
        signal?.addEventListener("abort", onAbort, { once: true });
        try {
          return { code: await running.promise, left: false };
        } finally {
          signal?.removeEventListener("abort", onAbort);
        }
      },
      give: () => Promise.resolve(),
      makeFolder: () => Promise.resolve(),
    },
  };
  return docker;
}
