/** What a profile may change about one run. Absent means "as the server says". Source: config guide, "Runtime resolution path". */
export interface RunOverrides {
  readonly model?: string;
  /** Tools that run without asking. `all` and `none` come from callers of the API; a profile gives a list. */
  readonly autoApprove?: "all" | "none" | readonly string[];
  /** At most {@linkcode MAX_SYSTEM_PROMPT_CHARACTERS} characters. */
  readonly systemPrompt?: string;
  /** 1 to {@linkcode MAX_TURNS}. */
  readonly maxTurns?: number;
}

/** Turns a run takes when nobody says otherwise. */
export const DEFAULT_TURNS = 64;
/** Upper end of `max_turns`: a run that needs more is a loop. */
export const MAX_TURNS = 256;
/** Upper end of `system_prompt`, in characters (32 × 1024). */
export const MAX_SYSTEM_PROMPT_CHARACTERS = 32_768;
