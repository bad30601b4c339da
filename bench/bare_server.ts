/** The smallest HTTP server: what `bench/mcp.ts` compares the memory of ours with. */
Deno.serve({ port: 0, hostname: "127.0.0.1" }, () => new Response("hello"));
