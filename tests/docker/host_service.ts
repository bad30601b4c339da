import { docker, LABEL } from "./docker.ts";

/** A service of this machine that listens everywhere, with every address that it can be asked at. */
export interface HostService extends AsyncDisposable {
  readonly port: number;
  /** IPv4 and IPv6, those of docker's bridges too. */
  readonly addresses: readonly string[];
  /** What was said to it. */
  readonly heard: string[];
}

/** Beside docker's own bridge there is another, as people make them. */
export async function hostService(): Promise<HostService> {
  const network = `stakpak-test-${crypto.randomUUID().slice(0, 8)}`;
  await docker("network", "create", "--label", LABEL, network);
  const heard: string[] = [];
  const serving: Promise<void>[] = [];
  const serve = async (connection: Deno.Conn) => {
    using _open = connection;
    const at = heard.push("") - 1;
    await connection.write(new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nreached"))
      .catch(() => 0);
    for await (const bytes of connection.readable) heard[at] += new TextDecoder().decode(bytes);
  };
  // Both families: a listener on `::` takes IPv4 as well.
  const listener = Deno.listen({ hostname: "::", port: 0 });
  const accepting = (async () => {
    for await (const connection of listener) serving.push(serve(connection).catch(() => {}));
  })();
  return {
    port: listener.addr.port,
    addresses: [...new Set(Deno.networkInterfaces().map(({ address }) => address))],
    heard,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(serving);
      await docker("network", "rm", network);
    },
  };
}
