// deno-lint-ignore-file no-console -- a bench prints its figures
/** How fast the redactor is on clean logs and on what an attacker would feed it, and how good. Run: deno run -A bench/redact.ts */
import { Redactor } from "../src/secrets/redactor.ts";
import { SECRET_RULES } from "../src/secrets/secret_rules.ts";
import { selftest } from "../src/secrets/selftest.ts";
import { attacksOn } from "../tests/secrets/attacks.ts";
import { median, row } from "./measure.ts";

const RUNS = 7;
const MEGABYTE = 1_000_000;
/** As a server has them: every form of each is looked for. */
const KNOWN_VALUES = 50;

/** Lines as services write them; words that rules begin with come often. */
function cleanLog(length: number): string {
  const words =
    "listening request GET POST /api/v1/users 200 404 12ms connection established port=5432 level=info msg=ready kubelet node-1 assigned default/web-7f8d9 pulled image token refreshed key https://example.com/a/b 45%"
      .split(" ");
  const lines: string[] = [];
  let done = 0;
  for (let turn = 0; done < length; turn++) {
    const line = Array.from({ length: 12 }, (_, at) => words[(turn * 7 + at * at * 3) % words.length]).join(
      " ",
    );
    lines.push(`2026-11-22T12:00:${10 + turn % 50}.${100 + turn % 900}Z ${line}`);
    done += line.length + 26;
  }
  return lines.join("\n");
}

function redactorOfAServer(): Redactor {
  const redactor = new Redactor();
  for (let index = 0; index < KNOWN_VALUES; index++) {
    redactor.add(`${crypto.randomUUID()}/${crypto.randomUUID()}`);
  }
  return redactor;
}

function speed(): string {
  const text = cleanLog(16 * MEGABYTE);
  const redactor = redactorOfAServer();
  const times = Array.from({ length: RUNS }, () => timed(() => redactor.redact(text))).sort((a, b) => a - b);
  const perSecond = text.length / MEGABYTE / (median(times) / 1000);
  const measured = `${perSecond.toFixed(0)} MB/s (${KNOWN_VALUES} known values, median of ${RUNS})`;
  return row("`redact()` on clean log text", measured, "≥ 30 MB/s", perSecond >= 30);
}

function worst(): string {
  const attacks = attacksOn(SECRET_RULES, MEGABYTE);
  let [slowest, name] = [0, ""];
  for (const attack of attacks) {
    const redactor = redactorOfAServer();
    const ms = timed(() => redactor.redact(attack.text()));
    if (ms > slowest) [slowest, name] = [ms, attack.name];
  }
  const measured = `${(slowest / 1000).toFixed(1)} s (the worst of ${attacks.length}: ${name})`;
  return row("1 MB worst-case text", measured, "≤ 2 s", slowest <= 2_000);
}

function quality(): string {
  const { recall, falsePerMegabyte, ok } = selftest();
  const measured = `${(recall * 100).toFixed(1)} % · ${falsePerMegabyte.toFixed(1)}`;
  return row(
    "recall of the `selftest` corpus · false marks per MB on benign text",
    measured,
    "≥ 98 % · ≤ 1",
    ok,
  );
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function redact(): Promise<string> {
  return Promise.resolve([speed(), worst(), quality()].join("\n"));
}

if (import.meta.main) console.log(await redact());
