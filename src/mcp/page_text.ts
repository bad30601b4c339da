import type { WebPage } from "./fetch_page.ts";
import { htmlToMarkdown } from "./html_markdown.ts";
import { withoutControls } from "./terminal_text.ts";
import { WebFailure } from "./web_failure.ts";

const HTML = /^(text\/html|application\/xhtml\+xml)$/;
const TEXT = /^(text\/.*|application\/(json|xml|javascript|yaml|toml|x-sh|.*\+json|.*\+xml)|)$/;

/** A page as text without control characters. Throws {@linkcode WebFailure} for what is no text. */
export function pageText({ url, contentType, body }: WebPage): string {
  const type = contentType.split(";")[0]!.trim().toLowerCase();
  if (!HTML.test(type) && !TEXT.test(type)) {
    throw new WebFailure("RESPONSE_READ_ERROR", `its content type is ${type.slice(0, 100)}, must be text`);
  }
  const start = new TextDecoder("latin1").decode(body.subarray(0, 1024));
  const isHtml = HTML.test(type) || type === "" && /^\s*<(!doctype html|html)\b/i.test(start);
  const charset = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    (isHtml ? /<meta[^>]*charset\s*=\s*["']?([\w.:-]+)/i.exec(start)?.[1] : undefined);
  const text = decoderFor(charset).decode(body);
  return withoutControls(isHtml ? htmlToMarkdown(text, url) : text);
}

function decoderFor(charset = "utf-8"): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
