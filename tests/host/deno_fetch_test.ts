import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { test } from "../sanitized.ts";

async function serving(hostname: string, work: (origin: string, asked: IncomingMessage[]) => Promise<void>) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.write("in ");
    request.on("end", () => response.end("parts")).resume();
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await work(`http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

for (const hostname of ["127.0.0.1", "::1"]) {
  test(`fetchPastProxies() asks ${hostname} itself and gives an answer that comes in parts`, async () => {
    await serving(hostname, async (origin, asked) => {
      const answer = await fetchPastProxies(`${origin}/a?b=c`, { method: "POST", body: "{}" });
      assert.equal(await answer.text(), "in parts");
      assert.equal(asked[0]?.method, "POST");
      assert.match(asked[0]?.url ?? "", /\/a\?b=c$/);
    });
  });
}

test("fetchPastProxies() shows no plain request to the proxy of the environment", async () => {
  await serving("127.0.0.1", async (proxy, seenByProxy) => {
    await serving("127.0.0.1", async (origin, asked) => {
      const script = `
        import { fetchPastProxies } from "${new URL("../../src/host/deno_fetch.ts", import.meta.url).href}";
        await (await fetchPastProxies("${origin}/", { headers: { "x-api-key": "k" } })).text();
        await (await fetch("${origin}/by-itself")).text();`;
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--no-check", "-A", `data:text/typescript,${encodeURIComponent(script)}`],
        env: { HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: "", no_proxy: "" },
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      assert.equal(asked.length, 1);
      assert.equal(
        seenByProxy.length,
        1,
        "the global fetch alone went to the proxy: else this test shows nothing",
      );
      assert.match(seenByProxy[0]?.url ?? "", /by-itself/);
    });
  });
});
