/**
 * Where a provider is, as people write it.
 *
 * @module
 */
import { isLoopback } from "../config/listen.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { quoted } from "../domain/printable.ts";

/** Whether what is said there cannot be read on the way: https, or this machine. */
export function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" ||
    protocol === "http:" && isLoopback({ hostname: hostname.replace(/^\[|\]$/g, "") });
}

/** Throws {@linkcode UserError} for an address that no key may be sent to. `setIn` names where it is written. */
export function addressOf(text: string, setIn: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    // What else may stand there, such as a key, is not repeated.
    throw refused(setIn, 'it is no address such as "https://api.example.com/v1"');
  }
  if (url.username || url.password) throw refused(setIn, "it holds a user name or a password, must not");
  if (!isSafeAddress(url)) {
    throw refused(
      setIn,
      `it is plain http to ${quoted(url.hostname)}, only this machine may be asked that way`,
    );
  }
  return url;
}

function refused(setIn: string, why: string): UserError {
  return new UserError(`Cannot use the provider's address (${setIn}): ${why}`, {
    hint: "use https://, or http://127.0.0.1:PORT for a server on this machine",
    exitCode: EXIT.usage,
  });
}
