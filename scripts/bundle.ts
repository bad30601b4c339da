/**
 * Makes `dist/stakpak.js`: the whole program in one file that needs nothing but Deno.
 *
 * Takes no arguments. The file appears whole or not at all, so that two builds at once do no harm.
 *
 * @module
 */
import { asEsModule } from "./bundle_format.ts";
import { deno } from "./deno.ts";
import { minify } from "./minify.ts";
import { ROOT } from "./root.ts";

export const BUNDLE = `${ROOT}/dist/stakpak.js`;

/** Bundles `main.ts` into `output`. Rejects with what `deno bundle` said. */
export async function bundle(output: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "stakpak-bundle-" });
  try {
    const [plain, wrapped, small] = ["plain.cjs", "wrapped.js", "small.js"].map((name) =>
      `${folder}/${name}`
    );
    await deno(["bundle", "--quiet", "--platform=deno", "--format=cjs", `--output=${plain!}`, "main.ts"]);
    await Deno.writeTextFile(wrapped!, asEsModule(await Deno.readTextFile(plain!)));
    await minify(wrapped!, small!);
    await moveInto(output, small!);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A rename, after a copy into the right file system. */
async function moveInto(output: string, made: string): Promise<void> {
  const beside = `${output}.${crypto.randomUUID()}`;
  await Deno.mkdir(output.replace(/[^/]*$/, ""), { recursive: true });
  await Deno.copyFile(made, beside);
  await Deno.rename(beside, output);
}

if (import.meta.main) await bundle(BUNDLE);
