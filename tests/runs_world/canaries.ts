/**
 * Two hundred secrets, in every place of a machine that holds one, and the search for them in what leaves.
 *
 * @module
 */
import { drawing, drawText } from "../../src/secrets/draw_text.ts";
import { PLANTED_PLATFORMS } from "../../src/secrets/planted_platforms.ts";
import { PLANTED_SERVICES } from "../../src/secrets/planted_services.ts";
import { KEYS, type WorldFiles } from "./world_files.ts";

const IN_CONFIG = 45;
const IN_ENVIRONMENT = 35;
const IN_FILES = 50;
const IN_TOOLS = 70;

export interface Canaries {
  /** All of them. */
  readonly all: readonly string[];
  /** What the supervisor itself holds: nobody gets it back. */
  readonly sealed: readonly string[];
  /** What only tools print: found by its pattern, and given back to our own tools. */
  readonly seen: readonly string[];
  readonly files: Partial<WorldFiles>;
  readonly env: Readonly<Record<string, string>>;
  /** Files in the home folder, by path. */
  readonly home: Readonly<Record<string, string>>;
  /** Files in a session's folder, by name, as a careless operator leaves them. */
  readonly workspace: Readonly<Record<string, string>>;
}

export function plantCanaries(): Canaries {
  const sealed: string[] = Object.values(KEYS);
  const sow = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    const value = `cnry7${bytes.toBase64({ alphabet: "base64url" }).replaceAll(/[-_]/g, "7")}`;
    sealed.push(value);
    return value;
  };
  const lines = (count: number, line: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => line(n)).join("\n");
  const names = Array.from({ length: IN_ENVIRONMENT - 5 }, (_, n) => `STAKPAK_CANARY_${n}`);
  const env = {
    ...Object.fromEntries(names.map((name) => [name, sow()])),
    GEMINI_API_KEY: sow(),
    OPENROUTER_API_KEY: sow(),
    TELEGRAM_BOT_TOKEN: sow(),
    DISCORD_BOT_TOKEN: sow(),
    SLACK_BOT_TOKEN: sow(),
  };
  const config = lines(
    IN_CONFIG - 5,
    (n) =>
      n % 2 === 0
        ? `[profiles.other${n}]\napi_key = "${sow()}"`
        : `[profiles.other${n}.providers.p${n}]\ntype = "custom"\napi_endpoint = "https://example.com/v1"\nauth = { type = "oauth", access = "${sow()}", refresh = "x" }`,
  );
  const server = `token = "${sow()}"\n`;
  const autopilot = `
[notifications]
gateway_token = "${sow()}"
gateway_url = "https://ada:${sow()}@gateway.example.com"
[secrets]
env = ${JSON.stringify(names)}
files = ["~/.secrets/app.env", "~/.secrets/deploy.key"]
`;
  const home = {
    ".secrets/app.env": lines(IN_FILES - 4, (n) => `export N${n}_SERVICE_TOKEN="${sow()}"`),
    ".secrets/deploy.key": `-----BEGIN CANARY KEY-----\n${lines(4, sow)}\n-----END CANARY KEY-----\n`,
  };
  const draw = drawing(Math.floor(Math.random() * 2 ** 31));
  const formats = [...PLANTED_PLATFORMS, ...PLANTED_SERVICES];
  const planted = Array.from({ length: IN_TOOLS }, (_, n) => {
    const text = drawText(formats[n % formats.length]![1], draw);
    return { text: text.replace(/[«»]/g, ""), secret: /«([^]*)»/.exec(text)?.[1] ?? text };
  });
  const seen = planted.map(({ secret }) => secret);
  const workspace = {
    "printed.txt": planted.map(({ text }) => text).join("\n"),
    "leaked.txt": sealed.map((value, n) => `leak ${n}: ${value}`).join("\n"),
    "leaked.json": JSON.stringify({ nested: { text: JSON.stringify(sealed) } }),
    "leaked.b64": sealed.map((value) => btoa(value)).join("\n"),
    "AGENTS.md": `# Notes\nThe staging key is ${sealed[5]} and this: ${planted[0]!.text}\n`,
  };
  return {
    all: [...sealed, ...seen],
    sealed,
    seen,
    files: { config, server, autopilot },
    env,
    home,
    workspace,
  };
}

/** The canaries in `text`, as they are or in base64, each with what stands around it. */
export function canariesIn(text: string, canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) =>
    [canary, btoa(canary).replace(/=+$/, "").slice(0, -1)].flatMap((form) => {
      const at = text.indexOf(form);
      return at < 0
        ? []
        : [`${canary} in …${JSON.stringify(text.slice(Math.max(0, at - 60), at + form.length + 20))}…`];
    })
  );
}

/** Bytes as text of one character each: what is in them is found whatever stands around. Empty where there is none. */
export async function bytesAsText(path: string): Promise<string> {
  const bytes = await Deno.readFile(path).catch(() => new Uint8Array());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return text;
}

/** Every regular file under a folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (isDirectory) found.push(...await filesUnder(`${folder}/${name}`));
    else if (isFile) found.push(`${folder}/${name}`);
  }
  return found;
}
