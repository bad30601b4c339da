import type { Probe } from "./probe.ts";

/** Every probe, in the order reports show them. A probe stands after those it needs. */
export const PROBES: readonly Probe[] = [];
