const LETTERS_AND_DIGITS = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"];
const SYMBOLS = "!@#$%^&*()_+-=[]{}|;:,.<>?";

/** Random characters, at least one of each kind: small and capital letters, digits, symbols. */
export function generatePassword(length: number, withSymbols: boolean): string {
  const kinds = withSymbols ? [...LETTERS_AND_DIGITS, SYMBOLS] : LETTERS_AND_DIGITS;
  const all = kinds.join("");
  // Drawn again as a whole where a kind is missing: replacing single characters would favour some passwords.
  for (;;) {
    const password = Array.from({ length }, () => all[randomBelow(all.length)]).join("");
    if (kinds.every((kind) => [...password].some((character) => kind.includes(character)))) return password;
  }
}

/** Every number below `most` (at most 256) is as likely. */
function randomBelow(most: number): number {
  const fair = 256 - 256 % most;
  for (;;) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte! < fair) return byte! % most;
  }
}
