import { programFlags } from "../src/cli/permissions.ts";
import { BUNDLE } from "./bundle.ts";

/** A shell script that runs the bundled program `file` as a user would, with the Deno that is `deno` there. */
export function launcherScript(file: string, deno: string): string {
  const words = [deno, "run", ...programFlags(), file].map((word) => `'${word}'`).join(" ");
  return `#!/bin/sh\nexec ${words} "$@"\n`;
}

// Printed for `.ci/run`.
if (import.meta.main) {
  await Deno.stdout.write(new TextEncoder().encode(launcherScript(BUNDLE, Deno.execPath())));
}
