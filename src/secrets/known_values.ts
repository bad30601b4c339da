/**
 * What the supervisor knows to be secret, given to a redactor: as far as it needs no schema.
 *
 * @module
 */
import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import type { Inspection } from "../host/inspection.ts";
import type { Redactor } from "./redactor.ts";

/** The keys of both files that hold a secret; also under names we do not know, so that broken files stay safe. */
export const SECRET_KEY =
  /^(api_key|access_token|token|bot_token|app_token|gateway_token|key|access|refresh|password|secret|.*(_token|_secret|_password|_key))$/;

/** Every secret in the environment becomes a known value, and the password of every address there. */
export function addEnvironmentSecrets(redactor: Redactor, host: Inspection): void {
  for (const { name, secret } of ENVIRONMENT_NAMES) {
    const value = host.env(name);
    if (secret) redactor.add(value);
    else addPassword(redactor, value);
  }
  redactor.add(host.env("STAKPAK_API_KEY"));
}

/** Every text under a secret's key in an unchecked TOML table becomes a known value, and every address's password. */
export function addFileSecrets(redactor: Redactor, raw: unknown): void {
  if (typeof raw === "string") addPassword(redactor, raw);
  if (raw === null || typeof raw !== "object") return;
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value === "string" && SECRET_KEY.test(key)) redactor.add(value);
    else addFileSecrets(redactor, value);
  }
}

/** `https://ada:PASSWORD@example.com` */
function addPassword(redactor: Redactor, address: string | undefined): void {
  const password = URL.parse(address ?? "")?.password;
  if (!password) return;
  redactor.add(password);
  redactor.add(unescaped(password));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
