import type { Redactor } from "../secrets/redactor.ts";
import { clipResult, readable } from "./clip_result.ts";

/** The result of a tool as the conversation keeps it (`clipResult`), and no secret in what is left to read. */
export function redactedResult(text: string, redactor: Pick<Redactor, "redact">): string {
  const redacted = redactor.redact(text);
  const read = readable(redacted);
  // What is dropped may have parted a secret.
  return clipResult(read === redacted ? redacted : redactor.redact(read));
}
