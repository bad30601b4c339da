import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { parseDuration } from "../config/duration.ts";
import { FORMATS } from "../probes/formats.ts";
import { leaf } from "./leaf.ts";

/** The options that `doctor` and `preflight` share. */
export function probing(name: string, description: string): Command<[], Record<string, unknown>> {
  return leaf(name, description)
    .addOption(
      new Option("--format <name>", "how to show the report").choices(FORMATS.map((format) => format.name))
        .default("text"),
    )
    .option(
      "--output <file>",
      "write the report there (- is stdout); FORMAT=FILE for another format; repeatable",
      collect,
    )
    .option("--only <ids>", "ask these probes, and what they need (comma separated)", list)
    .option("--skip <ids>", "leave these probes out (comma separated)", list)
    .option("--strict", "warnings fail too, unless acknowledged")
    .option("--wait <time>", "ask again until what may heal by itself has healed, such as 90s", duration)
    .option("--live", "ask also what changes something for a while: whether a sandbox starts")
    .option("--list", "list the probes and ask nothing")
    .option("--verbose", "name the permissions given up before asking") as unknown as Command<
      [],
      Record<string, unknown>
    >;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function list(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(",").map((id) => id.trim()).filter(Boolean)];
}

function duration(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw new InvalidArgumentError('It must be a duration such as "90s" or "2m".');
  return ms;
}
