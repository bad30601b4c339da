import * as z from "zod";
import { dateTime, errorBody } from "./api_schemas.ts";

const sandboxHealth = z.object({
  mode: z.enum(["persistent", "ephemeral"]),
  healthy: z.boolean(),
  consecutive_ok: z.int().optional(),
  consecutive_failures: z.int().optional(),
  last_ok: dateTime.nullable().optional(),
  last_error: z.string().nullable().optional(),
  total_respawn_attempts: z.int().optional(),
  gave_up: z.boolean().optional(),
}).meta({
  id: "SandboxHealth",
  description: "Without a token: mode and healthy alone.",
});

export const health = z.object({
  service: z.literal("stakpak"),
  status: z.enum(["ok", "degraded"]),
  instance: z.string(),
  version: z.string(),
  uptime_seconds: z.int().min(0),
  sandbox: sandboxHealth.optional(),
}).meta({ id: "Health" });

const degraded = z.array(z.object({
  part: z.enum(["sandbox", "store", "server"]),
  reason: z.string().optional().meta({ description: "With a token alone." }),
}));

export const ready = z.object({ ready: z.literal(true), degraded }).meta({ id: "Ready" });
export const notReady = errorBody.extend({ ready: z.literal(false), degraded }).meta({ id: "NotReady" });

const price = z.number().min(0).meta({ description: "US dollars per million tokens." });

export const models = z.object({
  models: z.array(z.object({
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    reasoning: z.boolean(),
    cost: z.object({
      input: price,
      output: price,
      cache_read: price.optional(),
      cache_write: price.optional(),
    }).optional(),
    limit: z.object({ context: z.int().min(1), output: z.int().min(1) }),
    release_date: z.string().optional(),
  })),
}).meta({ id: "Models" });

export type CatalogueModel = z.infer<typeof models>["models"][number];
