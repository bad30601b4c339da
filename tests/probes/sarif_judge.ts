import { homedir } from "node:os";
import { join } from "node:path";
import { judge, type Verdict } from "./judge.ts";

const PACKAGE = "@microsoft/jest-sarif";
const VERSION = "1.0.0-beta.0";
const SCRIPT = "sarif_schema_check.mjs";

/**
 * Judges a SARIF text by the published schema. Gives `undefined` where npm or its registry is out of reach.
 *
 * The script imports from the `node_modules` beside it and reads from the one in its working folder, and wants
 * the package's own copy of ajv: hence a copy of it in a folder of its own, installed nested.
 */
export async function judgeSarif(text: string): Promise<Verdict | undefined> {
  const folder = await installed();
  if (folder === undefined) return undefined;
  const file = await Deno.makeTempFile({ suffix: ".sarif" });
  try {
    await Deno.writeTextFile(file, text);
    const schema = `node_modules/${PACKAGE}/lib/schemas/sarif-2.1.0-rtm.5.json`;
    return await judge("node", [SCRIPT, schema, file], { cwd: folder });
  } finally {
    await Deno.remove(file);
  }
}

/** Installs once per machine, outside the tree. A rename at the end: runs at the same time do not meet. */
async function installed(): Promise<string | undefined> {
  const cache = Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache");
  const folder = join(cache, "stakpak-tests", `jest-sarif-${VERSION}`);
  if (await exists(join(folder, SCRIPT))) return folder;
  await Deno.mkdir(join(folder, ".."), { recursive: true });
  const making = await Deno.makeTempDir({ dir: join(folder, "..") });
  const verdict = await judge("npm", [
    ...["install", "--prefix", making, "--install-strategy=nested", "--ignore-scripts"],
    ...["--no-audit", "--no-fund", "--fetch-retries=0", `${PACKAGE}@${VERSION}`],
  ], { cwd: making });
  if (!verdict?.ok) {
    await Deno.remove(making, { recursive: true });
    return undefined;
  }
  await Deno.copyFile(new URL(`../judges/${SCRIPT}`, import.meta.url), join(making, SCRIPT));
  await Deno.rename(making, folder).catch(async () => await Deno.remove(making, { recursive: true }));
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
