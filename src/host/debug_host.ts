/**
 * `--debug`: says what is asked of the machine, one JSON line each, and how long it took. Never what was answered.
 *
 * @module
 */
import { configure, getJsonLinesFormatter, getLogger, type Logger } from "@logtape/logtape";
import type { Host } from "./host.ts";

/** `host`, with a line to `write` for every command, file and request. */
export async function debugHost(host: Host, write: (line: string) => void): Promise<Host> {
  const format = getJsonLinesFormatter({ properties: "flatten" });
  await configure({
    reset: true,
    sinks: { lines: (record) => write(format(record).trimEnd()) },
    loggers: [
      { category: ["stakpak"], sinks: ["lines"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "fatal" },
    ],
  });
  const log = getLogger(["stakpak", "host"]);
  return {
    ...host,
    run: (argv, signal) => timed(log, "run", argv.join(" "), host.run(argv, signal)),
    readText: (path) => timed(log, "read", path, host.readText(path)),
    getJson: (url, signal) => timed(log, "get", url, host.getJson(url, signal)),
    replaceFile: (path, text) => timed(log, "replace", path, host.replaceFile(path, text)),
  };
}

async function timed<T>(log: Logger, deed: string, what: string, work: Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work;
  } finally {
    // The library fills in what stands in braces.
    log.debug(`${deed} ${what}`.replaceAll(/[{}]/g, "$&$&"), {
      durationMs: Math.round(performance.now() - start),
    });
  }
}
