import { describeSource } from "../config/secret_source.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import { quotedName, shownName } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import { knownModel, UNKNOWN_LIMITS } from "../models/catalogue.ts";
import { type ListedModel, listModels as known } from "../models/list_models.ts";
import { placeModel } from "../models/place_model.ts";
import { type ProfileProvider, profileProviders } from "../models/profile_providers.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { profileModel } from "./profile_model.ts";
import { table } from "./table.ts";

type Row = Pick<ListedModel, "id" | "name" | "limits"> & Partial<ListedModel>;

/** `model list`: what the profile can ask, and where its keys come from. */
export async function listModels(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
): Promise<ExitCode> {
  const { profile, model } = await profileModel(cli);
  const providers = profileProviders(profile, cli.host);
  const placed = model === undefined ? undefined : tried(() => placeModel(model, profile, cli.host));
  const own = placed && !(placed instanceof UserError) ? `${placed.of.name}/${placed.model}` : undefined;
  const rows = withOwn(known(profile, cli.host), own);
  if (json) {
    cli.terminal.print(plainJson({
      schema: 1,
      profile: cli.profile,
      default: own ?? null,
      providers: providers.map((one) => providerJson(one, cli.host)),
      models: rows.map((row) => modelJson(row, own)),
    }));
  } else if (providers.length === 0) {
    cli.terminal.note(
      "No provider has a key\nhint: set ANTHROPIC_API_KEY, or see: stakpak config sample config",
    );
  } else print(cli, providers, rows, own);
  if (placed instanceof UserError) cli.terminal.warn(placed.message);
  return EXIT.ok;
}

function print(
  { terminal, host }: Cli,
  providers: readonly ProfileProvider[],
  rows: readonly Row[],
  own: string | undefined,
): void {
  const keys = providers.map((
    one,
  ) => [shownName(one.name), one.provider.type, hostOf(one), keyOf(one, host)]);
  terminal.print(table(["PROVIDER", "TYPE", "ADDRESS", "KEY"], keys));
  if (rows.length === 0) return;
  const models = rows.map(({ id, limits, price }) => [
    plainText(id),
    String(limits.contextTokens),
    String(limits.outputTokens),
    price ? `${price.input} / ${price.output}` : "-",
    id === own ? "default" : "",
  ]);
  terminal.print("");
  terminal.print(table(["MODEL", "CONTEXT", "ANSWER", "$ PER MILLION IN / OUT", ""], models));
}

/** The default first, where it is none of the known ones. */
function withOwn(models: readonly ListedModel[], own: string | undefined): Row[] {
  if (own === undefined || models.some(({ id }) => id === own)) return [...models];
  const found = knownModel(own);
  return [{ id: own, name: found?.name ?? own, limits: found?.limits ?? UNKNOWN_LIMITS }, ...models];
}

function providerJson(one: ProfileProvider, host: Pick<Inspection, "env">): Record<string, unknown> {
  const { name, provider, credential } = one;
  return {
    name: shownName(name),
    type: provider.type,
    address: hostOf(one),
    setIn: credential.setIn,
    key: keyOf(one, host),
  };
}

function modelJson(
  { id, name, limits, price, reasoning }: Row,
  own: string | undefined,
): Record<string, unknown> {
  const limit = { context: limits.contextTokens, output: limits.outputTokens };
  return { id, name, limit, cost: price ?? null, reasoning: reasoning ?? null, default: id === own };
}

/** The host alone: what stands behind it may be a key. */
function hostOf({ address }: ProfileProvider): string {
  return URL.parse(address.text)?.host || "(no address)";
}

function keyOf(
  { credential: { source, setIn }, lentBy }: ProfileProvider,
  host: Pick<Inspection, "env">,
): string {
  const key = !source ? "none" : source.from === "value" ? `written in ${setIn}` : describeSource(source);
  const unset = source?.from === "environment" && !host.env(source.name)?.trim() ? " (not set)" : "";
  const lent = lentBy === undefined ? "" : `, of profile ${quotedName(lentBy)}`;
  return `${key}${unset}${lent}`;
}

function tried<T>(work: () => T): T | UserError {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
