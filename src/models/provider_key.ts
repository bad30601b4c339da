import { describeSource, readSecret } from "../config/secret_source.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { quotedName } from "../domain/printable.ts";
import type { Secret } from "../domain/secret.ts";
import type { Inspection } from "../host/inspection.ts";
import type { ProfileProvider } from "./profile_providers.ts";

/**
 * The key of a provider; `undefined` for an address that is used without one. Rejects with {@linkcode UserError} where
 * it is not set, cannot be read, has ended, or cannot be sent.
 */
export async function providerKey(
  { name, provider, credential: { source, setIn, login }, lentBy }: ProfileProvider,
  host: Inspection,
): Promise<Secret | undefined> {
  if (!source) return undefined;
  const where = lentBy === undefined ? setIn : `${setIn} of profile ${quotedName(lentBy)}`;
  const cannot = (why: string, hint: string) =>
    new UserError(`Cannot use the provider ${quotedName(name)} (${where}): ${why}`, {
      hint,
      exitCode: EXIT.usage,
    });
  if (login && !provider.takesLogins) {
    throw cannot("a login is not spoken here, only API keys", "write api_key in its place");
  }
  if (login?.expires !== undefined && login.expires <= host.now().getTime()) {
    throw cannot(
      `its login ended ${new Date(login.expires).toISOString().slice(0, 16)}Z, and is not renewed here`,
      "log in again with the program that wrote it, or write api_key in its place",
    );
  }
  const key = await readSecret(source, host);
  if (!key) throw cannot(`${describeSource(source)} is not set`, "set it, or name another source of the key");
  if (!/^[\x21-\x7e]+$/.test(key.reveal())) {
    throw cannot("it has blanks or characters that no key has", "see whether more than the key was copied");
  }
  return key;
}
