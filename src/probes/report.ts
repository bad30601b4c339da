import type { Category, Fix } from "./probe.ts";

export type CheckStatus = "pass" | "warn" | "block" | "skip";

/** One probe's entry of a report. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  readonly status: CheckStatus;
  readonly summary: string;
  readonly details?: readonly string[];
  /** Always there on a warn or a block. */
  readonly fix?: Fix;
  /** The user has accepted this finding until that day (`YYYY-MM-DD`). Its status is then `warn`. */
  readonly acknowledged?: { readonly reason: string; readonly until: string };
  /** Where it is explained: `docs/probes.md#docker_installed`. */
  readonly docs: string;
  readonly durationMs: number;
}

/** What doctor and preflight found; every format is a rendering of it. Source: DESIGN §7, "Doctor JSON". */
export interface Report {
  readonly schema: 1;
  readonly version: string;
  readonly mode: "startup" | "doctor";
  /** Nothing blocks; under `--strict`, nothing unacknowledged warns either. */
  readonly ok: boolean;
  /** Counts by status; `acknowledged` is how many of the warnings are acknowledged. */
  readonly summary: {
    readonly block: number;
    readonly warn: number;
    readonly pass: number;
    readonly skip: number;
    readonly acknowledged: number;
  };
  readonly durationMs: number;
  /** In registry order. */
  readonly checks: readonly Check[];
}
