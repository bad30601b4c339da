/**
 * What the egress proxy and the supervisor say to each other. The proxy speaks with strangers, so what it says is
 * judged before it is believed.
 *
 * @module
 */

/** To the worker. */
export type EgressOrder =
  | { readonly kind: "start"; readonly socketPath: string; readonly rules: readonly string[] }
  /** Takes no more connections, and cuts those that the new rules forbid. */
  | { readonly kind: "retire"; readonly rules: readonly string[] }
  | { readonly kind: "addresses"; readonly addresses: readonly string[] };

/** From the proxy, about connections. */
export type ProxyEvent =
  | { readonly kind: "denied"; readonly host: string; readonly port: number; readonly reason: string }
  | { readonly kind: "opened"; readonly id: number; readonly host: string; readonly port: number }
  | { readonly kind: "closed"; readonly id: number; readonly bytesOut: number; readonly bytesIn: number };

/** From the worker. */
export type EgressEvent =
  | ProxyEvent
  /** It hears orders. */
  | { readonly kind: "ready" }
  | { readonly kind: "listening" }
  /** Which addresses this host has now is asked; the answer is an order. */
  | { readonly kind: "addresses" }
  /** What `retire` forbids is cut. */
  | { readonly kind: "cut" }
  /** Retired, and no connection is left. */
  | { readonly kind: "drained" }
  /** It cannot go on, and is to be ended. */
  | { readonly kind: "failed"; readonly reason: string };

const FIELDS: Readonly<Record<EgressEvent["kind"], Readonly<Record<string, "text" | "whole">>>> = {
  denied: { host: "text", port: "whole", reason: "text" },
  opened: { id: "whole", host: "text", port: "whole" },
  closed: { id: "whole", bytesOut: "whole", bytesIn: "whole" },
  ready: {},
  listening: {},
  addresses: {},
  cut: {},
  drained: {},
  failed: { reason: "text" },
};
const MAX_TEXT = 500;

/** `message` as an event, `undefined` when it is none. */
export function readEgressEvent(message: unknown): EgressEvent | undefined {
  if (message === null || typeof message !== "object") return undefined;
  const { kind } = message as { kind?: unknown };
  if (typeof kind !== "string" || !Object.hasOwn(FIELDS, kind)) return undefined;
  const wanted = Object.entries(FIELDS[kind as EgressEvent["kind"]]);
  const fields = wanted.map(([name, type]) =>
    [name, (message as Record<string, unknown>)[name], type] as const
  );
  const right = fields.every(([, value, type]) =>
    type === "text"
      ? typeof value === "string" && value.length <= MAX_TEXT
      : Number.isSafeInteger(value) && (value as number) >= 0
  );
  if (!right) return undefined;
  return {
    kind,
    ...Object.fromEntries(fields.map(([name, value]) => [name, value])),
  } as unknown as EgressEvent;
}
