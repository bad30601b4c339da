/** Source: server spec §2.6. The rest of what is there goes to the head. */
const TAIL_RATIO = 0.2;

/**
 * `content` of what is called `name` in at most `max` characters (Unicode scalars), head and tail behind a mark; hard
 * cut where not even the mark fits. `rest`: where the whole is, for the mark.
 */
export function clipContent(name: string, content: string, max: number, rest: string): string {
  // No text has more scalars than it has code units.
  if (content.length <= max) return content;
  const characters = [...content];
  if (characters.length <= max) return content;
  const mark = [...`\n[... truncated ${name}; ${rest} ...]\n`];
  const room = max - mark.length;
  if (room < 0) return characters.slice(0, max).join("");
  const tail = Math.floor(room * TAIL_RATIO);
  const kept = [...characters.slice(0, room - tail), ...mark];
  return [...kept, ...characters.slice(characters.length - tail)].join("");
}
