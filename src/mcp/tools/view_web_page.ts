import * as z from "zod";
import { fetchPage } from "../fetch_page.ts";
import { parseProxy } from "../http_proxy.ts";
import { outputLog } from "../output_log.ts";
import { pageText } from "../page_text.ts";
import { defineTool, type Tool } from "../tool.ts";
import { WebFailure } from "../web_failure.ts";

const NAME = "view_web_page";

export const viewWebPage: Tool = defineTool({
  name: NAME,
  description: "Shows a public web page (HTTPS) as Markdown.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  input: z.strictObject({ url: z.string().min(1).max(4096).describe("https://…") }),
  async run({ url }, { scope, signal }) {
    try {
      const proxy = scope.host.env("HTTPS_PROXY");
      const page = await fetchPage(url, { signal, ...(proxy && { proxy: parseProxy(proxy) }) });
      const text = pageText(page);
      await using log = outputLog(scope, NAME);
      await log.write(text);
      return { text: `# Web Page Content: ${page.url}\n\n${log.shown()}` };
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      return { code: error.code, text: `Cannot show ${url}: ${error.message}` };
    }
  },
});
