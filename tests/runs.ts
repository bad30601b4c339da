/**
 * How often the long checks try: all of it in `deno task soak`, a twentieth of it in `deno task test`.
 *
 * `fc.assert(property, { numRuns: runs(10_000), seed: SEED })` names the seed when it fails; setting
 * `STAKPAK_TEST_SEED` to it tries the same again.
 *
 * @module
 */

/** `full` under `STAKPAK_SOAK=1`, otherwise a twentieth of it, at least one. */
export function runs(full: number): number {
  return Deno.env.get("STAKPAK_SOAK") === "1" ? full : Math.max(1, Math.floor(full / 20));
}

/** One per process: `STAKPAK_TEST_SEED`, or a random 32-bit integer. */
export const SEED: number = Number(Deno.env.get("STAKPAK_TEST_SEED") ?? Math.floor(Math.random() * 2 ** 31));
