import { equal, rejects } from "node:assert/strict";
import type { Connection } from "../../src/host/sockets.ts";
import { lastWords } from "../../src/warden/last_words.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

const BUFFER = new Uint8Array(8);

function speaker(...says: (number | null | Error)[]): Connection {
  const write = () => Promise.resolve();
  return {
    local: "",
    remote: "",
    read() {
      const next = says.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? null);
    },
    write,
    endWriting: write,
    close: () => {},
  };
}

test("heard() waits for every end that still speaks: its last byte, its loss, or our own closing", async () => {
  const words = lastWords();
  await words.heard();
  const [polite, lost, left] = [
    words.from(speaker(3, null)),
    words.from(speaker(new Error("reset"))),
    words.from(speaker(3)),
  ];
  let heard = false;
  const hearing = words.heard().then(() => heard = true);
  equal(await polite.read(BUFFER), 3);
  equal(await polite.read(BUFFER), null);
  await rejects(lost.read(BUFFER), { message: "reset" });
  equal(heard, false);
  left.close();
  await hearing;
});

test("heard() does not wait for ever", async () => {
  using clock = fakeClock();
  const words = lastWords();
  words.from(speaker());
  const hearing = words.heard();
  await clock.pass(5_000);
  await hearing;
});
