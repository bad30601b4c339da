/** `view_web_page` of the first argument, in a process that trusts what `DENO_CERT` names; prints the output. */
import { viewWebPage } from "../../../src/mcp/tools/view_web_page.ts";
import { workspace } from "../workspace.ts";

await using work = await workspace();
const { code, text } = await work.call(viewWebPage, { url: Deno.args[0] });
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify({ code, text })));
