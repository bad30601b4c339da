import { ApiError } from "./api_error.ts";
import type { ContextItem } from "./run_service.ts";

/** Characters are Unicode scalars. Source: server spec §1.7. */
const ITEMS_MAX = 32;
const NAME_MAX = 256;
const CONTENT_MAX = 50_000;
const TOTAL_MAX = 500_000;

/** The items that say something. Throws `ApiError` 400 `invalid_context` for more than may be given. */
export function callerContext(items: readonly ContextItem[]): ContextItem[] {
  if (items.length > ITEMS_MAX) throw invalid(`context can include at most ${ITEMS_MAX} entries`);
  let total = 0;
  for (const { name, content } of items) {
    if (characters(name) > NAME_MAX) throw invalid(`context.name exceeds ${NAME_MAX} characters`);
    const length = characters(content);
    if (length > CONTENT_MAX) throw invalid(`context.content exceeds ${CONTENT_MAX} characters`);
    total += length;
  }
  if (total > TOTAL_MAX) throw invalid(`total context exceeds ${TOTAL_MAX} characters`);
  return items.map((item) => ({ ...item, name: item.name.trim(), content: item.content.trim() }))
    .filter(({ name, content }) => name !== "" && content !== "");
}

function invalid(message: string): ApiError {
  return new ApiError(400, "invalid_context", message);
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
