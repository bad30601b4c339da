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

/** Every secret in the environment becomes a known value. */
export function addEnvironmentSecrets(redactor: Redactor, host: Inspection): void {
  for (const { name, secret } of ENVIRONMENT_NAMES) if (secret) redactor.add(host.env(name));
  redactor.add(host.env("STAKPAK_API_KEY"));
}

/** Every text under a secret's key in an unchecked TOML table becomes a known value. */
export function addFileSecrets(redactor: Redactor, raw: unknown): void {
  if (raw === null || typeof raw !== "object") return;
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value === "string" && SECRET_KEY.test(key)) redactor.add(value);
    else addFileSecrets(redactor, value);
  }
}
