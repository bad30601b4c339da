/** `[REDACTED_SECRET:<rule>:<6 characters>]`: what stands where a secret was. It says nothing about the value. */
const PLACEHOLDER = /\[REDACTED_SECRET:[a-z0-9-]{1,40}:[a-z0-9]{6}\]/g;

export function placeholderOf(rule: string, tag: string): string {
  return `[REDACTED_SECRET:${rule}:${tag}]`;
}

/** The six characters: random, so that nothing can be learned from them. */
export function newTag(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => letters[byte % 32]).join("");
}

/** Where placeholders stand in `text`, in order, `end` exclusive. */
export function placeholdersIn(text: string): { start: number; end: number }[] {
  if (!text.includes("[REDACTED_SECRET:")) return [];
  return [...text.matchAll(PLACEHOLDER)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** `text` with every placeholder replaced by what `replace` says, once: what is put in is not looked at again. */
export function replacePlaceholders(text: string, replace: (placeholder: string) => string): string {
  return text.replace(PLACEHOLDER, (placeholder) => replace(placeholder));
}

/** Whether `text` is one placeholder and nothing else. */
export function isPlaceholder(text: string): boolean {
  const [first] = placeholdersIn(text);
  return first !== undefined && first.start === 0 && first.end === text.length;
}
