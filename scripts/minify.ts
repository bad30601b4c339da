import meta from "../deno.json" with { type: "json" };
import { deno } from "./deno.ts";

/**
 * Makes the module in `input` small, into `output`. Not by `deno bundle --minify`: its esbuild takes
 * `using x = f(); g(x)` for `g(f())`, and what `x` holds is never given back (evanw/esbuild#4482).
 */
export async function minify(input: string, output: string): Promise<void> {
  const options = ["--minify", "--format=esm", "--legal-comments=none", "--log-level=warning"];
  await deno([
    "run",
    "--quiet",
    "--allow-all",
    meta.imports.esbuild,
    input,
    ...options,
    `--outfile=${output}`,
  ]);
}
