/**
 * Requests to services whose address is configuration.
 *
 * @module
 */

/** See `Host.fetch`. */
export async function fetchPastProxies(url: string, init: RequestInit): Promise<Response> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== "http:") return await fetch(url, init);
  // Deno asks `HTTP_PROXY` for loopback, too. An answer under way outlives its client.
  using client = Deno.createHttpClient({
    proxy: { transport: "tcp", hostname, port: Number(port) || 80 },
  });
  return await fetch(url, { ...init, client });
}
