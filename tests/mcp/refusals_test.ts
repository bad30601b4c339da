/**
 * Who gets in, and whom our client believes: each case with a fresh server and a fresh client process.
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import {
  EXPIRED,
  LOCAL_NAMES,
  type MadeIdentity,
  makeIdentity,
  NOT_YET,
  type Odd,
} from "../fakes/certificates.ts";
import { test } from "../sanitized.ts";
import type { ClientOrder, ServerOrder } from "./wire_process.ts";

const SERVER: Odd = {
  commonName: "Stakpak MCP Server",
  names: LOCAL_NAMES,
  extended: "serverAuth",
  pathLength: 0,
};
const CLIENT: Odd = { extended: "clientAuth", pathLength: 0 };
const [server, client, other, forged] = await Promise.all(
  [
    makeIdentity(SERVER),
    makeIdentity(CLIENT),
    makeIdentity({ ...CLIENT, commonName: "Somebody Else" }),
    makeIdentity(CLIENT),
  ] as const,
);

class End implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #stdin: WritableStreamDefaultWriter<Uint8Array>;

  constructor(order: ServerOrder | ClientOrder, env: Record<string, string> = {}) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "-A", new URL("wire_process.ts", import.meta.url).pathname],
      env,
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#lines = linesOf(this.#child.stdout);
    this.#stdin = this.#child.stdin.getWriter();
    void this.#stdin.write(new TextEncoder().encode(`${JSON.stringify(order)}\n`));
  }

  async line(): Promise<string> {
    return (await this.#lines.next()).value;
  }

  /** What it says until it ends by itself, once nothing more comes to it. */
  async rest(): Promise<string[]> {
    await this.#stdin.close();
    const lines: string[] = [];
    for (let next = await this.#lines.next(); !next.done; next = await this.#lines.next()) {
      lines.push(next.value);
    }
    equal((await this.#child.status).code, 0);
    return lines;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}

interface Meeting {
  readonly as?: ClientOrder["as"];
  readonly shows?: MadeIdentity;
  readonly serverShows?: MadeIdentity;
  readonly clientCas?: readonly string[];
  readonly ask?: readonly number[];
  /** Of the client's process. */
  readonly env?: Record<string, string>;
}

/** What the client was told, and what the server says happened. */
async function meet(meeting: Meeting): Promise<{ told: string[]; happened: string[] }> {
  const { as = "ours", shows = client, serverShows = server, clientCas = [client.caPem], ask = [0], env } =
    meeting;
  await using listening = new End({ end: "server", identity: serverShows, clientCas });
  const ports = (await listening.line()).split(" ").slice(1).map(Number);
  const order = { end: "client", as, identity: shows, serverCa: server.caPem } as const;
  await using asking = new End({ ...order, ports: ask.map((index) => ports[index]!) }, env);
  return { told: await asking.rest(), happened: await listening.rest() };
}

const ACCEPTED: Readonly<Record<string, Meeting>> = {
  "a client of our own making": {},
  "a leaf without extended usage, as the Rust side makes it": {
    shows: await makeIdentity({ pathLength: 0 }),
  },
  "an authority without path length, as the Rust side makes it": { shows: await makeIdentity() },
  "a client's leaf that has names": { shows: await makeIdentity({ ...CLIENT, names: LOCAL_NAMES }) },
};

for (const [who, meeting] of Object.entries(ACCEPTED)) {
  test(`the server lets in ${who}`, async () => {
    const clientCas = [(meeting.shows ?? client).caPem];
    deepEqual(await meet({ ...meeting, clientCas }), { told: ["welcome"], happened: ["0: handled"] });
  });
}

test("the client believes a server as the Rust side makes it", async () => {
  const serverShows = await makeIdentity({ commonName: "Stakpak MCP Server", names: LOCAL_NAMES });
  const { told, happened } = await meetTrusting(serverShows);
  deepEqual({ told, happened }, { told: ["welcome"], happened: ["0: handled"] });
});

test("the client goes past the proxies of its environment", async () => {
  const nobody = "http://127.0.0.1:1";
  const env = {
    HTTPS_PROXY: nobody,
    "https_proxy": nobody,
    HTTP_PROXY: nobody,
    ALL_PROXY: nobody,
    NO_PROXY: "",
  };
  deepEqual(await meet({ env }), { told: ["welcome"], happened: ["0: handled"] });
});

const [expired, notYet, serverUse] = await Promise.all([
  makeIdentity({ ...CLIENT, ...EXPIRED }),
  makeIdentity({ ...CLIENT, ...NOT_YET }),
  makeIdentity({ ...CLIENT, extended: "serverAuth" }),
]);

const REFUSED: Readonly<Record<string, Meeting>> = {
  "a client without a certificate": { as: "no certificate" },
  "a client of another authority": { shows: other },
  "a client of a forged authority with the same subject": { shows: forged },
  "a client whose certificate has expired": { shows: expired, clientCas: [expired.caPem] },
  "a client whose certificate is not yet valid": { shows: notYet, clientCas: [notYet.caPem] },
  "a client whose certificate is for servers": { shows: serverUse, clientCas: [serverUse.caPem] },
  "plain HTTP": { as: "plain HTTP" },
  "TLS 1.2": { as: "TLS 1.2" },
};

for (const [who, meeting] of Object.entries(REFUSED)) {
  test(`the server refuses ${who} in one line, and runs nothing`, async () => {
    const { told, happened } = await meet(meeting);
    match(told.join("\n"), /^error /);
    match(happened.join("\n"), /^0: refused a client: .+$/);
    equal(happened.length, 1);
  });
}

test("the server refuses a session resumed from another server of its process, and runs nothing", async () => {
  const { told, happened } = await meet({
    as: "resuming",
    clientCas: [client.caPem, other.caPem],
    ask: [0, 1],
  });
  equal(told[0], "welcome");
  match(told[1]!, /^error /);
  deepEqual(happened, ["0: handled", "1: refused a client: it resumed a session of another server"]);
});

test("the server goes on with a client that resumes a session of its own", async () => {
  const { told, happened } = await meet({ as: "resuming", ask: [0, 0, 0] });
  deepEqual(told, ["welcome", "welcome", "welcome"]);
  deepEqual(happened, ["0: handled", "0: handled, resumed", "0: handled, resumed"]);
});

/** The client is given the authority that `serverShows` came with. */
async function meetTrusting(serverShows: MadeIdentity) {
  await using listening = new End({ end: "server", identity: serverShows, clientCas: [client.caPem] });
  const ports = [Number((await listening.line()).split(" ")[1])];
  await using asking = new End({
    end: "client",
    as: "ours",
    identity: client,
    serverCa: serverShows.caPem,
    ports,
  });
  return { told: await asking.rest(), happened: await listening.rest() };
}

const DISBELIEVED: Readonly<Record<string, () => Promise<{ told: string[]; happened: string[] }>>> = {
  "has expired": async () => meetTrusting(await makeIdentity({ ...SERVER, ...EXPIRED })),
  "is not yet valid": async () => meetTrusting(await makeIdentity({ ...SERVER, ...NOT_YET })),
  "names another host": async () =>
    meetTrusting(await makeIdentity({ ...SERVER, names: [{ type: "dns", value: "box.example" }] })),
  "names nobody": async () => {
    const { names: _, ...nameless } = SERVER;
    return meetTrusting(await makeIdentity(nameless));
  },
  "is for clients": async () => meetTrusting(await makeIdentity({ ...SERVER, extended: "clientAuth" })),
  "comes from a forged authority with the same subject": async () =>
    meet({ serverShows: await makeIdentity(SERVER) }),
};

for (const [what, meeting] of Object.entries(DISBELIEVED)) {
  test(`the client refuses a server whose certificate ${what}, and sends nothing`, async () => {
    const { told, happened } = await meeting();
    match(told.join("\n"), /^error /);
    deepEqual(happened.filter((line) => line.includes("handled")), []);
  });
}
