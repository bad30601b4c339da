/**
 * Follows the events of a session over HTTP, as any client would.
 *
 * @module
 */
import { readUntil } from "../../src/host/read_until.ts";
import type { RunEventFields, RunEventName } from "../../src/domain/run_event.ts";

export interface SeenEvent<Name extends RunEventName = RunEventName> {
  readonly id: number;
  readonly runId: string | null;
  readonly name: Name;
  readonly fields: RunEventFields[Name];
}

export interface EventReader extends AsyncDisposable {
  /** All that came, in their order. */
  readonly seen: readonly SeenEvent[];
  /** The first event of that name that `where` holds for, whether it came already or not. */
  until<Name extends RunEventName>(
    name: Name,
    where?: (fields: RunEventFields[Name], event: SeenEvent<Name>) => boolean,
  ): Promise<SeenEvent<Name>>;
  /** Settles when the run has ended. */
  end(runId: string): Promise<SeenEvent<"run_completed" | "run_error">>;
}

/** A test that waits longer for an event waits for ever; the failure then names what came. */
const PATIENCE_MS = 60_000;

/** Events behind id `after` (0: all of them). */
export function readEvents(url: string, token: string, sessionId: string, after = 0): EventReader {
  const seen: SeenEvent[] = [];
  const waiting = new Set<() => void>();
  const ending = new AbortController();
  let failed: Error | undefined;
  const reading = follow(
    `${url}/v1/sessions/${sessionId}/events?after=${after}`,
    token,
    ending.signal,
    (event) => {
      seen.push(event);
      for (const look of waiting) look();
    },
  ).catch((error: Error) => {
    failed = ending.signal.aborted ? new Error("the reader was closed") : error;
  }).finally(() => {
    failed ??= new Error("the stream has ended");
    for (const look of waiting) look();
  });
  const find = <T>(wanted: string, pick: () => T | undefined): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const told = () => `${wanted} did not come, but ${JSON.stringify(seen.map(({ name }) => name))}`;
    const timer = setTimeout(() => reject(new Error(told())), PATIENCE_MS);
    const look = () => {
      const found = pick();
      if (found !== undefined) resolve(found);
      else if (failed) reject(new Error(`${told()}: ${failed.message}`));
    };
    waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(look);
    });
  };
  return {
    seen,
    until: (name, where = () => true) =>
      find(
        name,
        () =>
          seen.find((event): event is SeenEvent<typeof name> =>
            event.name === name && where(event.fields as never, event as never)
          ),
      ),
    end: (runId) =>
      find(
        `the end of ${runId}`,
        () =>
          seen.find((event): event is SeenEvent<"run_completed" | "run_error"> =>
            event.runId === runId && (event.name === "run_completed" || event.name === "run_error")
          ),
      ),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await reading;
    },
  };
}

async function follow(
  url: string,
  token: string,
  signal: AbortSignal,
  told: (event: SeenEvent) => void,
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
  const response = await fetch(url, { headers, signal });
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  let text = "";
  const decoder = new TextDecoder();
  // Deno's own reader now and then does not notice the abort.
  for await (const chunk of readUntil(response.body, signal)) {
    const frames = (text + decoder.decode(chunk, { stream: true })).split("\n\n");
    text = frames.pop()!;
    for (const frame of frames) {
      const event = eventOf(frame);
      if (event) told(event);
    }
  }
}

function eventOf(frame: string): SeenEvent | undefined {
  const fields = new Map(
    frame.split("\n").map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).replace(/^ /, "")];
    }),
  );
  const [id, name, data] = [fields.get("id"), fields.get("event"), fields.get("data")];
  if (name === "gap_detected") throw new Error(`events are missing: ${data}`);
  if (id === undefined || name === undefined || data === undefined) return undefined;
  const envelope = JSON.parse(data);
  const [variant, { run_id: runId, ...rest }] = Object.entries(envelope.event)[0] as [
    string,
    Record<string, unknown>,
  ];
  const told = variant.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  if (told !== name || String(envelope.id) !== id || envelope.run_id !== runId) {
    throw new Error(`the frame does not agree with itself: ${frame}`);
  }
  return { id: Number(id), runId: envelope.run_id, name: name as RunEventName, fields: rest as never };
}
