/**
 * How things go wrong, in two kinds.
 *
 * A `UserError` is something the user can act on: it is printed as two lines, without a stack, and carries its
 * own exit code. Anything else that reaches `main.ts` is our bug and says where to report it.
 *
 * @module
 */

/** How the process ends; `stakpak help` prints this table. Source: DESIGN §7. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** It ran and failed, or a probe blocks. */
  failed: 1,
  /** The command line is wrong, or the command cannot start. */
  usage: 2,
  /** Paused for an approval. */
  paused: 10,
  /** Interrupted by a signal. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface UserErrorOptions {
  /** What to do about it, as an instruction that can be pasted where possible. */
  readonly hint?: string;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** A failure the user can act on. Message grammar: action first, then cause, actual value, wanted value. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}
