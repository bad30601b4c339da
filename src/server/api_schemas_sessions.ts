import * as z from "zod";
import { bodyOf, dateTime, pageQuery, queryOf, total, uuid } from "./api_schemas.ts";

const title = z.string().max(1_000);
const visibility = z.enum(["PRIVATE", "PUBLIC"]);

export const runStatus = z.object({
  state: z.enum(["idle", "starting", "running", "failed"]).meta({
    description: "`starting`: the run waits for a worker. `running`: also while it waits for people.",
  }),
  run_id: uuid.optional().meta({ description: "Of a run that is starting or running." }),
  waiting_for_approval: z.boolean().optional().meta({ description: "Of a run that is running. New." }),
  reason: z.string().optional().meta({
    description: "Why the last run failed, as `run_error` names it. New.",
  }),
  error: z.string().optional().meta({ description: "The same, for people. New." }),
}).meta({ id: "RunStatus" });

export const session = z.object({
  id: uuid,
  title: z.string(),
  cwd: z.string().nullable(),
  created_at: dateTime,
  updated_at: dateTime,
  run_status: runStatus,
  visibility: visibility.meta({ description: "New." }),
  origin: z.enum(["api", "cli", "schedule", "channel"]).meta({ description: "What began it. New." }),
  tools: z.enum(["sandbox", "host", "none"]).nullable().meta({
    description: "Where its tools run, fixed at its first run. New.",
  }),
  model: z.string().nullable().meta({ description: "Of its last run, as `provider/model`. New." }),
}).meta({ id: "Session" });

export const serverConfig = z.object({
  default_model: z.string().nullable().meta({ description: "`provider/model`" }),
  auto_approve_mode: z.enum(["none", "all", "custom"]),
}).meta({ id: "Config" });

export const sessionDetail = z.object({ session, config: serverConfig }).meta({ id: "SessionDetail" });

export const sessionPage = z.object({ sessions: z.array(session), total }).meta({ id: "SessionPage" });

export const createSession = bodyOf({
  title,
  // As a pattern of the document it would mean something else to whoever reads patterns without the flag u.
  cwd: z.string().min(1).max(4_096)
    .refine((path) => !/\p{Cc}/u.test(path), "must be a path without control characters")
    .nullish(),
}).meta({ id: "CreateSession" });

export const updateSession = bodyOf({ title: title.nullish(), visibility: visibility.nullish() })
  .meta({ id: "UpdateSession" });

export const sessionsQuery = queryOf({
  ...pageQuery,
  search: z.string().max(1_000).optional().meta({ description: "A part of the title." }),
  status: z.string().toUpperCase().pipe(z.enum(["ACTIVE", "DELETED"])).optional().meta({
    description: "`ACTIVE` or `DELETED`, in any case. Nothing is left of what was deleted.",
  }),
});
