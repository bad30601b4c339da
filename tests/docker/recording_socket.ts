import { deepEqual } from "node:assert/strict";

/** A server at a unix path that says nothing, and keeps what is said to it. */
export interface RecordingSocket extends AsyncDisposable {
  readonly path: string;
  /** What each connection said. */
  readonly heard: Uint8Array[];
  /** Fails when anything was said but the start of a TLS handshake, and that it cannot go on. */
  onlyClientHellos(): void;
}

const ALERT = "21";
const CLIENT_HELLO = "22 1";

export function recordingSocket(path: string): RecordingSocket {
  const listener = Deno.listen({ transport: "unix", path });
  // Whoever is in a box may connect, if they find it.
  Deno.chmodSync(path, 0o666);
  const heard: Uint8Array[] = [];
  const serving: Promise<void>[] = [];
  const serve = async (connection: Deno.Conn) => {
    using _open = connection;
    const bytes = new Uint8Array(64 * 1024);
    let length = 0;
    const at = heard.push(bytes.subarray(0, 0)) - 1;
    // A server that is no TLS server: it answers something and hangs up.
    for (;;) {
      const read = await connection.read(bytes.subarray(length)).catch(() => null);
      if (read === null) return;
      length += read;
      heard[at] = bytes.subarray(0, length);
      await connection.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n")).catch(() => 0);
    }
  };
  const accepting = (async () => {
    for await (const connection of listener) serving.push(serve(connection));
  })();
  return {
    path,
    heard,
    onlyClientHellos() {
      for (const bytes of heard.filter(({ length }) => length > 0)) {
        const [first, ...others] = records(bytes);
        deepEqual([first, others.filter((record) => record !== ALERT)], [CLIENT_HELLO, []]);
      }
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(serving);
    },
  };
}

/** The TLS records that a client said: `TYPE`, for what is not encrypted yet with the kind of handshake message. */
function records(bytes: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const [type, , , high = 0, low = 0, kind] = bytes.subarray(at);
    found.push(type === 22 ? `${type} ${kind}` : `${type}`);
    at += 5 + high * 256 + low;
  }
  return found;
}
