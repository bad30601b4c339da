import assert from "node:assert/strict";
import { viewWebPage } from "../../../src/mcp/tools/view_web_page.ts";
import { test } from "../../sanitized.ts";
import { connectProxy, tlsServer } from "../web_stage.ts";
import { workspace } from "../workspace.ts";

test("view_web_page refuses this machine, plain HTTP, and what is no URL", async () => {
  await using work = await workspace();
  await using server = await tlsServer(() => new Response("secret"));
  const cases: [string, string][] = [
    [`https://localhost:${server.port}/`, "FORBIDDEN_ADDRESS"],
    [`https://127.0.0.1:${server.port}/`, "FORBIDDEN_ADDRESS"],
    ["https://169.254.169.254/latest/meta-data/", "FORBIDDEN_ADDRESS"],
    ["http://example.com/", "INSECURE_URL"],
    ["not a url", "INVALID_URL"],
    ["https://ada:secret@example.com/", "INVALID_URL"],
  ];
  for (const [url, code] of cases) {
    const output = await work.call(viewWebPage, { url });
    assert.equal(output.code, code, url);
    assert.ok(output.text.startsWith(`Cannot show ${url}: `), output.text);
  }
  assert.deepEqual(server.asked, []);
});

test("view_web_page shows a page as Markdown, through the proxy; a long one lies whole in a file", async () => {
  const html = (body: string) => new Response(body, { headers: { "content-type": "text/html" } });
  await using server = await tlsServer(({ url }) =>
    html(url.endsWith("/long") ? "<p>line".repeat(300) : "<h1>Hello</h1><p>a <b>page</b>")
  );
  await using proxy = connectProxy({ port: server.port });
  const trusted = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(trusted, server.trusted);
    const outputs = ["https://localhost/", "https://localhost/long"].map(async (url) => {
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", new URL("view_page_process.ts", import.meta.url).pathname, url],
        env: { DENO_CERT: trusted, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
        stderr: "inherit",
      }).output();
      return JSON.parse(new TextDecoder().decode(stdout));
    });
    const [short, long] = await Promise.all(outputs);
    assert.deepEqual(short, { text: "# Web Page Content: https://localhost/\n\n# Hello\n\na **page**" });
    assert.match(
      long.text,
      /^# Web Page Content: https:\/\/localhost\/long\n\nShowing the last 300 \/ 599 output lines. Full output saved to /,
    );
  } finally {
    await Deno.remove(trusted);
  }
});

test("view_web_page sends CONNECT to the proxy of the environment, and says what that answers", async () => {
  await using proxy = connectProxy({ refusal: "HTTP/1.1 403 Forbidden\r\n\r\n" });
  await using work = await workspace((host) => ({
    ...host,
    env: (name) => name === "HTTPS_PROXY" ? `http://127.0.0.1:${proxy.port}` : undefined,
  }));
  assert.deepEqual(await work.call(viewWebPage, { url: "https://example.com/x" }), {
    code: "FAILED_TO_FETCH_WEB_PAGE",
    text: "Cannot show https://example.com/x: the egress proxy answers 403 for example.com:443",
  });
  assert.deepEqual(proxy.heads, ["CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"]);
});

test("view_web_page says that the proxy of the environment is none", async () => {
  await using work = await workspace((host) => ({ ...host, env: () => "socks5://proxy" }));
  assert.equal((await work.call(viewWebPage, { url: "https://example.com/" })).code, "HTTP_CLIENT_ERROR");
});

test("view_web_page stops when it is cancelled", async () => {
  await using work = await workspace();
  const call = work.call(
    viewWebPage,
    { url: "https://example.com/" },
    AbortSignal.abort(new Error("enough")),
  );
  await assert.rejects(call, { message: "enough" });
});
