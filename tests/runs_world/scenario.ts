/**
 * One conversation with a model that says what the scenario says, and how it has to end. The same scenario plays in
 * every world: in this process, in `stakpak serve`, with a box.
 *
 * @module
 */
import type { FailReason, StopReason } from "../../src/domain/run_end.ts";
import type { RunService } from "../../src/server/run_service.ts";
import type { Store } from "../../src/server/store.ts";
import type { ApiClient, StartOptions } from "./api_client.ts";
import type { EventReader } from "./event_reader.ts";
import type { InProcessBoxes } from "./in_process_boxes.ts";
import type { Provider, Script } from "./provider.ts";
import type { Scripted, Wire } from "./steps.ts";

export interface Scenario {
  /** A sentence: what is shown. */
  readonly name: string;
  /** Absent: all. */
  readonly wires?: readonly Wire[];
  /** What the model says, turn by turn; made anew each time. */
  script(stage: Stage): readonly Scripted[];
  /** The first message, beside its text. The profile is one of `world_files.ts`; absent: the one that asks for nothing. */
  start?(stage: Stage): Partial<StartOptions>;
  /** What is done to the world before the run. */
  before?(inside: Inside): void;
  /** What is done while the run is under way. */
  during?(play: Play): Promise<void>;
  readonly ends: { readonly stopped: StopReason } | { readonly failed: FailReason };
  /** Beyond what holds for every session (`check_session.ts`). */
  check?(play: Play): void | Promise<void>;
  /** Steps of the script that may be left over. */
  readonly spare?: number;
  /** The model is asked over more than one wire. */
  readonly crosses?: true;
  /** The session is deleted in it: nothing is left to look at. */
  readonly deletes?: true;
  /** What it takes of a world that not each has. */
  readonly needs?: "inside" | "boxes";
  /** Takes seconds: not in every run of the tests. */
  readonly slow?: true;
}

/** Where a scenario plays. */
export interface Stage {
  readonly wire: Wire;
  /** A profile of `world_files.ts`: `profile("asks")`. */
  profile(kind: string): string;
  /** Another model of the same provider, or of another wire's. */
  otherModel(wire?: Wire): string;
}

export interface Play extends Stage {
  readonly client: ApiClient;
  readonly store: Store;
  readonly provider: Provider;
  readonly sessionId: string;
  readonly runId: string;
  readonly events: EventReader;
  readonly script: Script;
  /** The folder in which the tools of this session work, as this machine names it. */
  readonly folder: string;
  /** Lets every step that is held go on. */
  release(): void;
  /** What only a world in this process has. */
  readonly inside?: Inside;
}

export interface Inside {
  readonly boxes: InProcessBoxes;
  readonly runs: RunService;
}
