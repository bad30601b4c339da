import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import type { Inspection } from "../host/inspection.ts";

/** The environment of the docker client: what every child of ours gets, and no more. */
export function dockerEnvironment(host: Pick<Inspection, "env">): Record<string, string> {
  const known = ENVIRONMENT_NAMES.filter(({ forChildren }) => forChildren).flatMap(({ name }) => {
    const value = host.env(name);
    return value === undefined ? [] : [[name, value]];
  });
  // Messages are matched by their English text.
  return { ...Object.fromEntries(known), LC_ALL: "C" };
}
