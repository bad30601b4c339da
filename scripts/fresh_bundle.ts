/**
 * Makes `dist/stakpak.js` where it is missing or older than the sources: what a box would refuse.
 *
 * @module
 */
import { UserError } from "../src/domain/error.ts";
import { denoHost } from "../src/host/deno_host.ts";
import { boxProgram } from "../src/sandbox/box_program.ts";
import { BUNDLE, bundle } from "./bundle.ts";

/** Answers whether it was made. */
export async function freshBundle(path: string): Promise<boolean> {
  try {
    await boxProgram(denoHost([Deno.execPath(), "run", path]));
    return false;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await bundle(path);
    return true;
  }
}

if (import.meta.main) await freshBundle(BUNDLE);
