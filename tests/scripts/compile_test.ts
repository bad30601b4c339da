import { deepEqual, equal, match } from "node:assert/strict";
import { bundle } from "../../scripts/bundle.ts";
import { ROOT } from "../../scripts/root.ts";
import { test } from "../sanitized.ts";

test("compile --check builds with the local Deno, finds what the table says and keeps nothing", async () => {
  await using folder = await temporary();
  const { code, stderr, stdout } = await compile(["--check"], { TMPDIR: folder.path });
  equal(stderr, "");
  match(stdout, /^\w+-\w+: permissions, version, size and files are as they should be\n$/);
  equal(code, 0);
  deepEqual(await namesIn(folder.path), []);
});

test("compile says in one line that the runtime cannot be downloaded, and exits 2", async () => {
  await using folder = await temporary();
  await cacheWithoutRuntime(folder.path);
  const nobody = "http://127.0.0.1:1";
  const env = { DENO_DIR: folder.path, HTTPS_PROXY: nobody, HTTP_PROXY: nobody, NO_PROXY: "" };
  const { code, stderr } = await compile(["linux-arm64"], env);
  equal(
    stderr,
    `error: Cannot compile for linux-arm64: the runtime of Deno ${Deno.version.deno} cannot be downloaded from here; deno task compile --check works without\n`,
  );
  equal(code, 2);
});

test("compile refuses a machine that it does not know", async () => {
  const { code, stderr } = await compile(["amiga"]);
  equal(stderr.split(":")[1], ` Cannot compile for "amiga"`);
  equal(code, 2);
});

async function compile(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", "scripts/compile.ts", ...args],
    cwd: ROOT,
    env: { ...env },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** A cache with the packages and esbuild of this machine's, but no runtime. */
async function cacheWithoutRuntime(folder: string): Promise<void> {
  await bundle(`${folder}/stakpak.js`);
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"], cwd: ROOT })
    .output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  await Deno.symlink(`${denoDir}/npm`, `${folder}/npm`);
  await Deno.mkdir(`${folder}/dl`);
  for (const name of await namesIn(`${denoDir}/dl`)) {
    if (name !== "release") await Deno.symlink(`${denoDir}/dl/${name}`, `${folder}/dl/${name}`);
  }
}

async function temporary() {
  const path = await Deno.makeTempDir({ prefix: "stakpak-test-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}
