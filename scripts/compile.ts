/**
 * Makes `dist/stakpak-<os>-<arch>` for every target, and `dist/SHA256SUMS`.
 *
 *     deno task compile [TARGET…]     all targets, or those named: linux-x64 …
 *     deno task compile --check       proves the build with the local Deno as the runtime, and keeps nothing
 *
 * Exits 2 with one line where the runtime cannot be downloaded. What `--check` builds has the right contents but
 * does not run our program and may do anything (DENORT_BIN, DESIGN §10): it never leaves its temporary folder.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import project from "../deno.json" with { type: "json" };
import { BUNDLE, bundle } from "./bundle.ts";
import { artifactName, compileArguments, type Target, TARGETS } from "./compile_arguments.ts";
import { complaints } from "./compile_check.ts";
import { deno } from "./deno.ts";
import { readEmbedded } from "./embedded.ts";
import { ROOT } from "./root.ts";

const USAGE = 2;

async function main(args: readonly string[]): Promise<number> {
  const checking = args.includes("--check");
  const names = args.filter((name) => name !== "--check");
  const unknown = names.find((name) => !TARGETS.some((target) => target.name === name));
  if (unknown !== undefined) {
    return fail(
      `Cannot compile for "${unknown}": wanted ${TARGETS.map(({ name }) => name).join(", ")} or --check`,
    );
  }
  const targets = TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
  await deno(["check", "--quiet", "main.ts"]);
  await bundle(BUNDLE);
  return checking ? await check() : await compileAll(targets);
}

async function compileAll(targets: readonly Target[]): Promise<number> {
  const sums: string[] = [];
  for (const target of targets) {
    const output = `${ROOT}/dist/${artifactName(target)}`;
    try {
      await deno(compileArguments(target, BUNDLE, output));
    } catch (error) {
      if (!/denort|Setting up base binary/.test(String(error))) throw error;
      return fail(
        `Cannot compile for ${target.name}: the runtime of Deno ${Deno.version.deno} cannot be downloaded from here; deno task compile --check works without`,
      );
    }
    sums.push(`${await sha256(output)}  ${artifactName(target)}`);
    console.log(`dist/${artifactName(target)}`);
  }
  await Deno.writeTextFile(`${ROOT}/dist/SHA256SUMS`, sums.join("\n") + "\n");
  console.log("dist/SHA256SUMS");
  return 0;
}

/** For this machine alone: the local Deno is no base for another's. */
async function check(): Promise<number> {
  const target = TARGETS.find(({ triple }) => triple === Deno.build.target);
  if (!target) return fail(`Cannot check a build on ${Deno.build.target}: no binary is made for it`);
  const folder = await Deno.makeTempDir({ prefix: "stakpak-compile-" });
  try {
    const output = `${folder}/${artifactName(target)}`;
    await deno(compileArguments(target, BUNDLE, output), { DENORT_BIN: Deno.execPath() });
    const found = await complaintsAbout(output);
    for (const complaint of found) console.error(`error: ${target.name}: ${complaint}`);
    if (found.length === 0) {
      console.log(`${target.name}: permissions, version, size and files are as they should be`);
    }
    return found.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function complaintsAbout(output: string): Promise<string[]> {
  const binary = await Deno.readFile(output);
  const runtime = await Deno.stat(Deno.execPath());
  return complaints(readEmbedded(binary), project, binary.length - runtime.size);
}

async function sha256(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return new Uint8Array(digest).toHex();
}

function fail(message: string): number {
  console.error(`error: ${message}`);
  return USAGE;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
