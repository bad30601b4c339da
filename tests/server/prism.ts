import { until } from "../runs_world/await_condition.ts";
import { nodePrograms } from "../probes/node_programs.ts";

const PACKAGES = ["@stoplight/prism-cli@5.16.0"];

/** A proxy in front of a server, which lets through what its OpenAPI document promises and answers the rest itself. */
export interface Prism {
  readonly url: string;
  /** Ends it; answers what it found wrong. */
  end(): Promise<string[]>;
}

export interface PrismOptions {
  /** Whether it judges what is asked as well, and keeps from the server what is not documented. */
  readonly judgesRequests: boolean;
}

/**
 * Starts one in front of `upstream`, by the document that it has at `/v1/openapi.json`. Gives `undefined` where npm or
 * its registry is out of reach.
 */
export async function startPrism(
  upstream: string,
  { judgesRequests }: PrismOptions,
): Promise<Prism | undefined> {
  const programs = await nodePrograms("prism", PACKAGES);
  if (!programs) return undefined;
  const document = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(document, await (await fetch(`${upstream}/v1/openapi.json`)).text());
  const [node, script] = programs.command("prism");
  const child = new Deno.Command(node, {
    args: [
      script,
      "proxy",
      document,
      upstream,
      "--errors",
      `--validate-request=${judgesRequests}`,
      "--port=0",
    ],
    cwd: programs.folder,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const marker = `/${crypto.randomUUID()}`;
  let said = "";
  const listening = Promise.withResolvers<string>();
  const heard = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += chunk;
      const [, url] = /Prism is listening on (\S+)/.exec(said) ?? [];
      if (url) listening.resolve(url);
    }
    listening.reject(new Error(`prism has ended: ${said}`));
  })();
  const ended = async () => {
    await Promise.all([heard, child.status]);
    await Deno.remove(document);
  };
  const url = await listening.promise;
  return {
    url,
    async end() {
      // It says what it found later than it answers: when it has said that it knows no such path, it has said all.
      await (await fetch(`${url}${marker}`)).body?.cancel();
      await until("prism's last word", () => said.includes(`${marker} ✖`));
      child.kill("SIGTERM");
      await ended();
      return said.split("\n").filter((line) => /✖|⚠/.test(line) && !line.includes(marker));
    },
  };
}
