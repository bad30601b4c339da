import { permissionFlags, programFlags } from "../../src/cli/permissions.ts";
import type { Launcher } from "./real_stage.ts";

/**
 * How the tests start the program: with the table's flags, never `-A`. `STAKPAK_TEST_BUNDLE=1` (set by
 * `test:bundle`) takes `dist/stakpak.js`, an empty cache and `--cached-only`, as a user's machine would have it.
 */
export function launcher(): { command: Launcher; denoDir: string } {
  const bundled = Deno.env.get("STAKPAK_TEST_BUNDLE") !== undefined;
  const pathOf = (file: string) => new URL(`../../${file}`, import.meta.url).pathname;
  const words = bundled
    ? [...programFlags(), pathOf("dist/stakpak.js")]
    : ["--quiet", ...permissionFlags(), pathOf("main.ts")];
  return {
    command: [Deno.execPath(), "run", ...words],
    denoDir: bundled ? emptyCache() : cacheOfThisProcess(),
  };
}

let cache: string | undefined;

function emptyCache(): string {
  return cache ??= Deno.makeTempDirSync({ prefix: "stakpak-cache-" });
}

function cacheOfThisProcess(): string {
  return Deno.env.get("DENO_DIR") ??
    `${Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME")}/.cache`}/deno`;
}
