/**
 * Where the tools of a session are, and what else can be asked there.
 *
 * @module
 */
import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Toolbox } from "../domain/toolbox.ts";
import type { ToolPlace } from "./records.ts";

/** A session's hold on its tools, for one run. Nothing is started before the first `list` or `call` needs it. */
export interface SessionTools extends Toolbox, AsyncDisposable {
  readonly place: ToolPlace;
  /** Our own tool, in our box or on our host: placeholders may be filled in its arguments. `paks__…` never is. */
  isOurs(tool: string): boolean;
  /** It changes nothing: it may run beside others of its kind. */
  onlyLooks(tool: string): boolean;
  /**
   * What is said of the place where tools run: files of the workspace (AGENTS.md, APPS.md), the folder and what is in
   * it. Taken by calls of tools, so whoever used the box before may have written it. Nothing where no box lives yet.
   */
  workspace(signal: AbortSignal): Promise<readonly WorkspaceItem[]>;
  /** What of it is not to be had or should be known, in words for `run_started`; complete after `list`. */
  notes(): readonly string[];
}

export interface WorkspaceItem {
  /** `AGENTS.md`, `working folder`. */
  readonly name: string;
  readonly content: string;
}

export interface ToolPlaces {
  /** Rejects with a `UserError` where that place is not to be had. */
  open(
    sessionId: string,
    place: ToolPlace,
    profile: ResolvedProfile,
    signal: AbortSignal,
  ): Promise<SessionTools>;
}
