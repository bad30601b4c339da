import type { Redactor } from "./redactor.ts";

/** Of texts that are remembered; more than a conversation has. */
const CHARACTERS_MAX = 1024 * 1024;

/**
 * `redactor.redact`, which does not look again at a text in which it has found nothing, as long as it knows no more than
 * it did then. For a conversation that is sent again with each turn.
 */
export function onceClean(redactor: Redactor): (text: string) => string {
  const clean = new Set<string>();
  let characters = 0;
  let known = redactor.known;
  const forget = () => {
    clean.clear();
    characters = 0;
    known = redactor.known;
  };
  return (text) => {
    if (redactor.known !== known) forget();
    if (clean.has(text)) return text;
    const redacted = redactor.redact(text);
    if (redacted !== text) return redacted;
    if (characters + text.length > CHARACTERS_MAX) forget();
    characters += text.length;
    clean.add(text);
    return redacted;
  };
}
