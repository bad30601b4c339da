import * as z from "zod";
import { autopilotSchema } from "./autopilot_schema.ts";
import { configSchema } from "./config_schema.ts";

/** The JSON Schema (draft 7, which TOML editors read) of one of the two files. */
export function jsonSchema(file: "config" | "autopilot"): Record<string, unknown> {
  const schema = file === "config" ? configSchema : autopilotSchema;
  return {
    title: `~/.stakpak/${file}.toml`,
    ...z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" }),
  };
}
