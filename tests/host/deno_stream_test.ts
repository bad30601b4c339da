import assert from "node:assert/strict";
import { stream } from "../../src/host/deno_stream.ts";
import { test } from "../sanitized.ts";

const PATH = Deno.env.get("PATH")!;

/** Runs a script and gives what it printed; `onText` sees all of it so far after every piece. */
function listen(script: string, { lingerMs = 30_000, signal, onText }: {
  lingerMs?: number;
  signal?: AbortSignal;
  onText?: (text: string) => void | Promise<void>;
} = {}) {
  const heard = { text: "" };
  const decoder = new TextDecoder();
  const output = (chunk: Uint8Array) => {
    heard.text += decoder.decode(chunk, { stream: true });
    return onText?.(heard.text);
  };
  return { heard, end: stream(["sh", "-c", script], { cwd: "/", env: { PATH }, output, lingerMs }, signal) };
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    const { success } = await new Deno.Command("kill", { args: ["-0", `${pid}`], stderr: "null" }).output();
    if (!success) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

test("stream() hands on everything, also what is printed after the command's own end", async () => {
  const { heard, end } = listen("(sleep 0.1; echo late) & echo soon; exit 4");
  assert.deepEqual(await end, { code: 4, left: false });
  assert.equal(heard.text, "soon\nlate\n");
});

test("stream() loses nothing of a long output", async () => {
  const { heard, end } = listen("seq 1 200000");
  assert.equal((await end).code, 0);
  assert.equal(heard.text, Array.from({ length: 200_000 }, (_, i) => `${i + 1}\n`).join(""));
});

test("stream() ends what a command leaves printing, and says so", async () => {
  const { heard, end } = listen("sleep 1000 & echo $!", { lingerMs: 20 });
  assert.deepEqual(await end, { code: 0, left: true });
  assert.equal(await isGone(Number(heard.text)), true);
});

test("stream() leaves alone what has let go of its output", async () => {
  const { heard, end } = listen("sleep 1000 >/dev/null 2>&1 & echo $!", { lingerMs: 30_000 });
  assert.deepEqual(await end, { code: 0, left: false });
  Deno.kill(Number(heard.text), "SIGKILL");
});

test("stream() hands on last words, and ends children that ignore TERM", async () => {
  const stop = new AbortController();
  const script = "trap 'echo last words; exit' TERM; (trap '' TERM; sleep 1000) & echo $!; wait";
  const { heard, end } = listen(script, { signal: stop.signal, onText: () => stop.abort(new Error("late")) });
  await assert.rejects(end, { message: "late" });
  assert.match(heard.text, /^\d+\nlast words\n$/);
  assert.equal(await isGone(Number(heard.text.split("\n")[0])), true);
});

test("stream() says 128 + n for signal n", async () => {
  assert.equal((await listen("kill -KILL $$").end).code, 137);
});

test("stream() ends the command when nobody can listen any more", async () => {
  const { heard, end } = listen("echo $$; exec sleep 1000", {
    onText: () => Promise.reject(new Error("disk full")),
  });
  await assert.rejects(end, { message: "disk full" });
  assert.equal(await isGone(Number(heard.text)), true);
});

test("stream() gives the environment it is told, and stdin is closed", async () => {
  Deno.env.set("STAKPAK_API_KEY", "must-not-be-inherited");
  try {
    const { heard, end } = listen("cat; env | sort | grep -v '^_='");
    await end;
    assert.deepEqual(heard.text.replace(/^(OLDPWD|SHLVL)=.*\n/gm, ""), `PATH=${PATH}\nPWD=/\n`);
  } finally {
    Deno.env.delete("STAKPAK_API_KEY");
  }
});

test("stream() asks a command to end first where it is given time for that, and the rest of its group after", async () => {
  let printed = "";
  const stop = new AbortController();
  const output = (chunk: Uint8Array) => {
    printed += new TextDecoder().decode(chunk);
    if (printed === "ready\n") stop.abort(new Error("enough"));
  };
  const options = {
    cwd: "/",
    env: { PATH: Deno.env.get("PATH")! },
    output,
    lingerMs: 1_000,
    interruptMs: 10_000,
  };
  const script = "trap 'echo tidy; exit' INT; echo ready; while :; do sleep 0.01; done";
  await assert.rejects(stream(["sh", "-c", script], options, stop.signal), { message: "enough" });
  assert.equal(printed, "ready\ntidy\n");
});
