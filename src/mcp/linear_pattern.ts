/**
 * Patterns from a model or from a repository: matching takes time in proportion to the text, whatever they say.
 * The syntax is RE2's.
 *
 * @module
 */
import { RE2JS } from "re2js";

/** Whether a text matches somewhere. */
export type Pattern = (text: string) => boolean;

const MAX_CHARACTERS = 500;

/** A pattern, or what is wrong with it, for a reader. */
export function compilePattern(source: string): Pattern | { readonly wrong: string } {
  if (source.length > MAX_CHARACTERS) {
    return { wrong: `it has ${source.length} characters, at most ${MAX_CHARACTERS}` };
  }
  try {
    const compiled = RE2JS.compile(source);
    return (text) => compiled.matcher(text).find();
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
