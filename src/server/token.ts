/**
 * The bearer token of the API: what `[server] token`, `token_env` or `token_file` says, else that of the file
 * `autopilot/token`, which is made where there is none and stays the same until it is rotated.
 *
 * @module
 */
import { describeSource, readSecret, sourceOf } from "../config/secret_source.ts";
import { UserError } from "../domain/error.ts";
import { Secret } from "../domain/secret.ts";
import type { Host } from "../host/host.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { generatePassword } from "../mcp/password.ts";

const CHARACTERS = 64;
const WELL_FORMED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{64}$/;

/** The keys of `[server]` that name a token. */
export type TokenKeys = Readonly<Record<string, unknown>>;

/**
 * The token that counts now; `undefined` where there is none yet. `path` is `StatePaths.token`. Rejects with a
 * `UserError` for a file that others can read or that holds no token of ours, and for a key that leads nowhere.
 */
export async function apiToken(host: Inspection, path: string, keys: TokenKeys): Promise<Secret | undefined> {
  const source = sourceOf(keys, "token");
  if (!source) return await readToken(host, path);
  const secret = await readSecret(source, host);
  if (secret) return secret;
  throw new UserError(
    `Cannot read the token of the server: ${describeSource(source)} is not there, or empty`,
    {
      hint: "set what [server] in autopilot.toml names, or remove that key: a token is made then",
      exitCode: 2,
    },
  );
}

/** The same, and makes the file where there is none. A server starts with it, and then asks {@linkcode tokenCheck}. */
export async function ensureApiToken(
  host: Inspection & Pick<Host, "replaceFile">,
  path: string,
  keys: TokenKeys,
): Promise<Secret> {
  return await apiToken(host, path, keys) ?? await rotateToken(host, path);
}

/** Puts a new token into the file. A server that reads it by {@linkcode apiToken} knows no other from then on. */
export async function rotateToken(host: Pick<Host, "replaceFile">, path: string): Promise<Secret> {
  const token = generatePassword(CHARACTERS, false);
  await host.replaceFile(path, `${token}\n`);
  return new Secret(token);
}

/**
 * Whether a token is the one that counts when it is given: a new one holds at once. While that cannot be read, none is.
 */
export function tokenCheck(
  host: Inspection,
  path: string,
  keys: TokenKeys,
): (given: string) => Promise<boolean> {
  return async (given) => {
    try {
      const wanted = await apiToken(host, path, keys);
      return wanted !== undefined && await isSameToken(given, wanted);
    } catch (error) {
      if (error instanceof UserError || error instanceof PathError) return false;
      throw error;
    }
  };
}

/** Compares in a time that tells nothing about `wanted`. */
export async function isSameToken(given: string, wanted: Secret): Promise<boolean> {
  // Digests have one length, and nobody can choose one: how far two of them agree says nothing.
  const [one, other] = await Promise.all([digest(given), digest(wanted.reveal())]);
  return one.reduce((differ, byte, at) => differ | byte ^ other[at]!, 0) === 0;
}

async function readToken(host: Inspection, path: string): Promise<Secret | undefined> {
  const secret = await readSecret({ from: "file", path }, host);
  if (!secret && !await host.status(path)) return undefined;
  if (secret && WELL_FORMED.test(secret.reveal())) return secret;
  const wanted = `must be ${CHARACTERS} letters and digits, small, capital and digit among them`;
  throw new UserError(
    `Cannot use the token in ${path}: it has ${secret?.reveal().length ?? 0} characters, ${wanted}`,
    { hint: `make a new one: stakpak token rotate; see who may write it: ls -l ${shellWord(path)}` },
  );
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
