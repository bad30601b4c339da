// deno-lint-ignore-file no-console -- it says what it saw
/**
 * Clients of one stream of events, each on a socket of its own. Takes PORT TOKEN SESSION CLIENTS EVENTS, says `ready` once
 * all have their first frame, and at the end a JSON line: how many ids were missing, and delays in ms (p50, p99, most).
 */
const [port, token, session, clients, events] = Deno.args;
const decoder = new TextDecoder();
const delays: number[] = [];
let missing = 0;
let open = 0;

async function client(): Promise<void> {
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const head = `GET /v1/sessions/${session}/events?after=0 HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
    `authorization: Bearer ${token}\r\naccept: text/event-stream\r\n\r\n`;
  await socket.write(new TextEncoder().encode(head));
  const buffer = new Uint8Array(64 * 1024);
  let last = 0;
  let text = "";
  for (;;) {
    const length = await socket.read(buffer);
    if (length === null) break;
    const at = Date.now();
    text += decoder.decode(buffer.subarray(0, length));
    for (const [, id, timestamp] of text.matchAll(/"id":(\d+),.*?"timestamp":"([^"]+)"/g)) {
      if (Number(id) === 1 && ++open === Number(clients)) console.log("ready");
      missing += Number(id) - last - 1;
      last = Number(id);
      if (last > 1) delays.push(at - Date.parse(timestamp!));
    }
    text = text.slice(text.lastIndexOf("\n\n") + 1);
    if (last >= Number(events)) break;
  }
  missing += Number(events) - last;
  socket.close();
}

await Promise.all(Array.from({ length: Number(clients) }, client));
delays.sort((a, b) => a - b);
const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))];
console.log(
  JSON.stringify({ missing, seen: delays.length, p50: at(0.5), p99: at(0.99), most: delays.at(-1) }),
);
