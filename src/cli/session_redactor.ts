import { PathError } from "../host/inspection.ts";
import { addListedSecrets, addReferencedSecrets } from "../secrets/configured_secrets.ts";
import { addEnvironmentSecrets, addFileSecrets } from "../secrets/known_values.ts";
import { Redactor } from "../secrets/redactor.ts";
import type { Cli } from "./cli.ts";

/**
 * A redactor for one session, or `known`, the session's of before, that knows every secret of this machine as it is
 * configured now: of the environment, of both files, of what they point at, and the token of our own server.
 */
export async function sessionRedactor(cli: Cli, known: Redactor = new Redactor()): Promise<Redactor> {
  const { host, paths } = cli;
  const [config, autopilot, token] = await Promise.all([
    cli.loadConfig(),
    cli.loadAutopilot(),
    ownToken(cli),
  ]);
  addEnvironmentSecrets(known, host);
  for (const { raw, value } of [config, autopilot]) {
    addFileSecrets(known, raw);
    await addReferencedSecrets(known, host, value);
  }
  // What cannot be read is warned of by `loadAutopilot`.
  await addListedSecrets(known, host, paths.home, autopilot.value.secrets ?? {});
  known.add(token);
  return known;
}

/** Of the server's API. */
async function ownToken({ host, paths }: Cli): Promise<string | undefined> {
  try {
    return await host.readText(paths.token);
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}
