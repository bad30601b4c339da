/**
 * Servers of a world, told by a line of JSON on stdin: `{ serve, record, cert, key }`, lists of `ADDRESS:PORT`.
 *
 * Says `here`, waits for that line, says `listening`, and when stdin ends what was said to those that record. What is
 * served is HTTPS: `/` answers, `/away?TO` leads on to TO.
 *
 * @module
 */
import { lines } from "./stream_lines.ts";

interface Servers {
  readonly serve: readonly string[];
  readonly record: readonly string[];
  readonly cert: string;
  readonly key: string;
}

const heard: { at: string; said: string }[] = [];

function print(value: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}

function place(text: string): { hostname: string; port: number } {
  const [, hostname, port] = /^\[?(.*?)\]?:(\d+)$/.exec(text)!;
  return { hostname: hostname!, port: Number(port) };
}

async function record(at: string): Promise<void> {
  for await (const connection of Deno.listen(place(at))) {
    const one = { at, said: "" };
    heard.push(one);
    void (async () => {
      for await (const bytes of connection.readable) one.said += new TextDecoder().decode(bytes);
    })().catch(() => {});
  }
}

function answer(request: Request): Response {
  const { hostname, pathname, search } = new URL(request.url);
  return pathname === "/away"
    ? new Response(null, { status: 302, headers: { location: search.slice(1) } })
    : new Response(`served ${hostname}`);
}

const told = lines(Deno.stdin.readable);
print("here");
const { serve, record: recorded, cert, key } = JSON.parse((await told.next()).value!) as Servers;
for (const at of serve) Deno.serve({ ...place(at), cert, key, onListen: () => {} }, answer);
for (const at of recorded) void record(at);
print("listening");
await told.next();
print(heard);
Deno.exit();
