import { mcpToolbox } from "../../src/mcp/client.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { toolboxSuite } from "../suites/toolbox_suite.ts";
import { serveTools } from "./served_tools.ts";

toolboxSuite("the client", async () => {
  const fakes = fakeTools();
  const served = await serveTools(fakes.tools);
  const client = served.wire.client();
  const toolbox = mcpToolbox({ fetch: client.fetch, version: "1.2.3" });
  return {
    toolbox,
    fakes,
    kill: () => served.wire.server.close(),
    async [Symbol.asyncDispose]() {
      await toolbox[Symbol.asyncDispose]();
      client[Symbol.dispose]();
      await served[Symbol.asyncDispose]();
    },
  };
});
