/**
 * What the programs that we start are told: of a machine whose environment is full of keys, none.
 *
 * @module
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { ENVIRONMENT_NAMES } from "../../src/domain/environment.ts";
import { remove } from "../../src/host/deno_remove.ts";
import { bundledProgram } from "./bundled_program.ts";
import { CANARY } from "./attack_stage.ts";
import { dockerTest } from "./docker.ts";
import { baseImage } from "./images.ts";

/** Keys that the program knows, keys that it does not, and one that is named as what is handed on. */
const KEYS = [
  "ANTHROPIC_API_KEY",
  "OPENAI_API_KEY",
  "GEMINI_API_KEY",
  "STAKPAK_API_KEY",
  "SLACK_BOT_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "GITHUB_TOKEN",
  "DATABASE_URL",
] as const;

/** A `docker` that writes down how it was called, and is the real one otherwise. */
function standIn(log: string, real: string): string {
  return `#!/bin/sh
{ echo "called $*"; env; tr '\\0' '\\n' < /proc/self/environ; tr '\\0' '\\n' < /proc/$PPID/cmdline; } >> ${log}
exec ${real} "$@"
`;
}

async function pathOf(program: string): Promise<string> {
  for (const folder of Deno.env.get("PATH")!.split(":")) {
    const path = `${folder}/${program}`;
    if (await Deno.stat(path).catch(() => undefined)) return path;
  }
  throw new Error(`${program} is not in PATH`);
}

dockerTest(
  "docker is told no key, nor is the box: neither by environment, nor by argument, nor by mount",
  async () => {
    const [program, ...flags] = await bundledProgram();
    const image = await baseImage();
    const home = await Deno.makeTempDir({ prefix: "attack-" });
    try {
      await Deno.mkdir(`${home}/bin`);
      const log = `${home}/docker.log`;
      await Deno.writeTextFile(`${home}/bin/docker`, standIn(log, await pathOf("docker")), { mode: 0o755 });
      await Deno.mkdir(`${home}/.stakpak`, { mode: 0o700 });
      const config =
        `[profiles.default]\nprovider = "local"\n\n[profiles.default.providers.anthropic]\ntype = "anthropic"\napi_key = "sk-ant-${CANARY}"\n`;
      await Deno.writeTextFile(`${home}/.stakpak/config.toml`, config, { mode: 0o600 });
      const { code, stdout, stderr } = await new Deno.Command(program!, {
        args: [
          ...flags,
          "sandbox",
          "run",
          "--ephemeral",
          "--",
          "sh",
          "-c",
          "env; cat /proc/1/environ | tr '\\0' '\\n'",
        ],
        clearEnv: true,
        cwd: home,
        env: {
          ...Object.fromEntries(KEYS.map((name) => [name, `${name}-${CANARY}`])),
          HOME: home,
          PATH: `${home}/bin:${Deno.env.get("PATH")}`,
          STAKPAK_RUN_DIR: `${home}/r`,
          STAKPAK_AGENT_IMAGE: image,
          STAKPAK_API_ENDPOINT: `https://ada:${CANARY}@api.example.org`,
        },
        stdin: "null",
      }).output();
      const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      equal(code, 0, complained);
      match(said!, /^HOME=\/home\/box$/m);
      equal(said!.includes(CANARY), false);
      equal(complained, "");

      const heard = await Deno.readTextFile(log);
      equal(heard.includes(CANARY), false);
      ok(
        heard.split("\n").some((line) => line.startsWith("called run ")),
        "it was this docker that started the box",
      );
      ok(heard.split("\n").some((line) => line.startsWith("called rm ")));
      const known = ENVIRONMENT_NAMES.filter(({ forChildren }) => forChildren).map(({ name }) => name);
      const told = [...heard.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
      // What the shell sets by itself.
      const strangers = new Set(told).difference(new Set([...known, "LC_ALL", "PWD", "OLDPWD", "SHLVL"]));
      deepEqual([...strangers], []);
    } finally {
      await remove(home);
    }
  },
);
