/**
 * A running box, and what starts one. The contract between the launch, the sources and the monitor.
 *
 * @module
 */
import type { Toolbox, ToolDescription } from "../domain/toolbox.ts";

/** What a launch does, in this order; errors and timings name the step. */
export const LAUNCH_STEPS = [
  "identity",
  "folders",
  "start",
  "handshake",
  "dial",
  "ready",
  "list tools",
] as const;

export type LaunchStep = typeof LAUNCH_STEPS[number];

/** Why a box is gone, as far as the engine says. */
export interface BoxEnd {
  readonly cause: "stopped" | "exited" | "killed" | "out of memory" | "image gone" | "engine down";
  /** One sentence for people, redacted: "The box was killed (signal 9)". */
  readonly message: string;
  readonly exitCode?: number;
}

/** A container whose tools answer over mutual TLS. Disposing ends and removes it with its folders. */
export interface Box extends AsyncDisposable {
  /** The container's name: `stakpak-<instance>-<8 hex>`. */
  readonly name: string;
  readonly toolbox: Toolbox;
  /** As listed when it became ready. */
  readonly tools: readonly ToolDescription[];
  /** How long each step took. */
  readonly timings: readonly { readonly step: LaunchStep; readonly ms: number }[];
  /** When its certificates end. */
  readonly certificatesEnd: Date;
  /** Settles once the container is gone, by itself or because of us. Never rejects. */
  readonly ended: Promise<BoxEnd>;
  /** What it printed last, redacted; bounded. */
  lastLines(): readonly string[];
}

export interface LaunchRequest {
  /** Whose box it is; for a shared box its name. Stands in labels and in the request log. */
  readonly session: string;
  /** No other session uses it: where the workspace is the default one, it sees the session's folder in its place. */
  readonly alone?: boolean;
  /** Told when a step has ended. */
  readonly onStep?: (step: LaunchStep, ms: number) => void;
}

/**
 * Starts a box. Rejects with {@linkcode LaunchFailed}, or with the signal's reason; nothing is left behind then.
 */
export type LaunchBox = (request: LaunchRequest, signal: AbortSignal) => Promise<Box>;

/** A box that did not come up. `message` is for people: the step, the cause, a diagnosis; redacted. */
export class LaunchFailed extends Error {
  override readonly name = "LaunchFailed";
  constructor(readonly step: LaunchStep, message: string, readonly hint?: string, cause?: unknown) {
    super(message, { cause });
  }
}
