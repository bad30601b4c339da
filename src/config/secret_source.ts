/**
 * Where a credential comes from: written in the file, `${NAME}` or `*_env`, or `*_file`.
 *
 * A source is only a name; `readSecret` fetches the value, at use, so that reading a configuration needs neither
 * the environment nor other files.
 *
 * @module
 */
import * as z from "zod";
import { mayReadEnvironment } from "../domain/environment.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import { Secret } from "../domain/secret.ts";
import type { Inspection } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { path } from "./fields.ts";
import { expandHome } from "./paths.ts";

export type SecretSource =
  | { readonly from: "value"; readonly secret: Secret }
  | { readonly from: "environment"; readonly name: string }
  | { readonly from: "file"; readonly path: string };

const REFERENCE = /^\$\{([^}]*)\}$/;

const environmentName = z.string().refine(mayReadEnvironment, {
  message: "must be a variable this program may read: call it STAKPAK_…, or use the *_file key",
});

const secretText = z.string().trim().min(1, "must not be blank")
  .refine((text) => !REFERENCE.test(text) || mayReadEnvironment(REFERENCE.exec(text)![1]!), {
    message: "must refer to a variable this program may read: call it ${STAKPAK_…}, or use the *_file key",
  })
  .refine((text) => !text.includes("${") || REFERENCE.test(text), {
    message: "must be ${STAKPAK_…} alone: nothing is filled into a longer text",
  })
  .transform((text): SecretSource => {
    const name = REFERENCE.exec(text)?.[1];
    return name ? { from: "environment", name } : { from: "value", secret: new Secret(text) };
  });

const environmentSource = environmentName.transform((name): SecretSource => ({ from: "environment", name }));
const fileSource = path.transform((path): SecretSource => ({ from: "file", path }));

type SecretKeys<K extends string> =
  & Record<K, z.ZodOptional<typeof secretText>>
  & Record<`${K}_env`, z.ZodOptional<typeof environmentSource>>
  & Record<`${K}_file`, z.ZodOptional<typeof fileSource>>;

/** The three keys by which one credential may be given: `token`, `token_env`, `token_file`. */
export function secretKeys<K extends string>(key: K): SecretKeys<K> {
  return {
    [key]: secretText.optional(),
    [`${key}_env`]: environmentSource.optional(),
    [`${key}_file`]: fileSource.optional(),
  } as SecretKeys<K>;
}

/** The names of {@linkcode secretKeys}. */
export function secretKeyNames(key: string): [string, string, string] {
  return [key, `${key}_env`, `${key}_file`];
}

/** The one source that `table` gives for `key`, if any. Which of several wins: value, environment, file. */
export function sourceOf(table: Readonly<Record<string, unknown>>, key: string): SecretSource | undefined {
  return secretKeyNames(key).map((name) => table[name] as SecretSource | undefined).find((source) => source);
}

/** Names a source without its value: `written in the file`, `$ANTHROPIC_API_KEY`, `~/key`. */
export function describeSource(source: SecretSource): string {
  if (source.from === "value") return "written in the file";
  return source.from === "environment" ? `$${source.name}` : quotedPath(source.path);
}

/**
 * The value behind `source`, or `undefined` when the variable is unset or the file is missing.
 * Rejects with {@linkcode UserError} when the file can be read by others.
 */
export async function readSecret(source: SecretSource, host: Inspection): Promise<Secret | undefined> {
  if (source.from === "value") return source.secret;
  if (source.from === "environment") {
    const value = host.env(source.name)?.trim();
    return value ? new Secret(value) : undefined;
  }
  const path = expandHome(source.path, host.env("HOME") ?? "");
  const status = await host.status(path);
  if (status?.mode !== undefined && (status.mode & 0o077) !== 0) {
    throw new UserError(
      `Cannot use the key in ${quotedPath(path)}: its mode is ${octal(status.mode)}, must be 0600`,
      { hint: `chmod 600 ${shellWord(path)}` },
    );
  }
  const text = (await host.readText(path))?.trim();
  return text ? new Secret(text) : undefined;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
