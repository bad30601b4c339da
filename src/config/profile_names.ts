/** Holds what the other profiles inherit; cannot be used itself. */
export const SHARED_PROFILE = "all";
/** The profile meant where none is named. */
export const DEFAULT_PROFILE = "default";
