import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { test } from "../sanitized.ts";

async function serving(hostname: string, work: (origin: string, asked: IncomingMessage[]) => Promise<void>) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url === "/redirect") {
      return void response.writeHead(302, { location: "/a", "set-cookie": ["a=1", "b=2"] }).end("x");
    }
    response.write("in ");
    if (request.url === "/held") return;
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
      assert.equal(asked[0]?.url, "/a?b=c");
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

test("fetchPastProxies() rejects with the signal's reason, before and in the middle of an answer", async () => {
  const reason = new Error("cancelled");
  await serving("127.0.0.1", async (origin) => {
    await assert.rejects(
      fetchPastProxies(origin, { signal: AbortSignal.abort(reason) }),
      (why) => why === reason,
    );
    const controller = new AbortController();
    const answer = await fetchPastProxies(`${origin}/held`, { signal: controller.signal });
    const read = async () => {
      for await (const _ of answer.body!) controller.abort(reason);
    };
    await assert.rejects(read(), (why) => why === reason);
  });
});

test("fetchPastProxies() hands on all headers and the status, follows no redirect, and says that nobody is there", async () => {
  let gone = "";
  await serving("127.0.0.1", async (origin) => {
    const answer = await fetchPastProxies(`${origin}/redirect`, {});
    assert.deepEqual([answer.status, answer.headers.get("location"), answer.headers.getSetCookie()], [
      302,
      "/a",
      ["a=1", "b=2"],
    ]);
    await answer.body?.cancel();
    gone = origin;
  });
  await assert.rejects(fetchPastProxies(gone, {}), /ECONNREFUSED/);
});
