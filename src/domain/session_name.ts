/** What {@linkcode sessionName} gives: fit for the name of a folder. */
export const SESSION_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

const WORDS_MAX = 40;
const HASH_DIGITS = 16;

/** Names a session, whatever its id is made of: what can be read of it, and a hash that tells it from all others. */
export async function sessionName(id: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id));
  const hash = new Uint8Array(digest).toHex().slice(0, HASH_DIGITS);
  const words = id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, WORDS_MAX);
  return words === "" ? hash : `${words.replace(/-$/, "")}-${hash}`;
}
