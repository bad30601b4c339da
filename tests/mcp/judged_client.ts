/**
 * Our client, as `@modelcontextprotocol/conformance` starts it: lists the tools of the server whose address is its
 * last argument, and calls each.
 *
 * @module
 */
import { mcpToolbox } from "../../src/mcp/client.ts";

const { signal } = new AbortController();
await using toolbox = mcpToolbox({ fetch, version: "0.0.0-test", url: Deno.args.at(-1)! });
for (const { name } of await toolbox.list(signal)) {
  const { isError, text } = await toolbox.call({ id: "1", name, input: { a: 5, b: 3 } }, { signal });
  if (isError) throw new Error(text);
}
