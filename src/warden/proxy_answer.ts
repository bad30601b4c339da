import type { Connection } from "../host/sockets.ts";

/** How long a client that still speaks is listened to, and how much of it. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 1024 * 1024;

/**
 * Says `text` and ends the connection. It stands in the status line, too: what many clients show of a refused CONNECT
 * is that line alone. `text` is one line of plain ASCII. Never rejects.
 */
export async function answer(client: Connection, status: number, text: string): Promise<void> {
  const head = [
    `HTTP/1.1 ${status} ${text}`,
    "Content-Type: text/plain",
    `Content-Length: ${text.length + 1}`,
    "Connection: close",
  ].join("\r\n");
  const late = setTimeout(() => client.close(), LINGER_MS);
  try {
    await client.write(new TextEncoder().encode(`${head}\r\n\r\n${text}\n`));
    await client.endWriting();
    // Closed with something unread, the client would be told of that in place of the answer.
    const buffer = new Uint8Array(16 * 1024);
    for (let left = LINGER_BYTES; left > 0;) {
      const length = await client.read(buffer);
      if (length === null) break;
      left -= length;
    }
  } catch {
    // It has gone, or was too slow.
  } finally {
    clearTimeout(late);
    client.close();
  }
}
