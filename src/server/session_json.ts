import type * as z from "zod";
import type { runStatus, session } from "./api_schemas_sessions.ts";
import type { RunRecord, SessionRecord } from "./records.ts";

/** A session as the API shows it; `latest` is the run begun last. */
export function sessionJson(record: SessionRecord, latest: RunRecord | undefined): z.infer<typeof session> {
  return {
    id: record.id,
    title: record.title,
    cwd: record.cwd ?? null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    run_status: statusJson(latest),
    visibility: record.visibility,
    origin: record.origin,
    tools: record.tools ?? null,
    model: record.model ?? null,
  };
}

function statusJson(run: RunRecord | undefined): z.infer<typeof runStatus> {
  switch (run?.state) {
    case "queued":
      return { state: "starting", run_id: run.id };
    case "running":
    case "waiting":
      return { state: "running", run_id: run.id, waiting_for_approval: run.state === "waiting" };
    case "failed": {
      const { end } = run;
      return end && "failed" in end
        ? { state: "failed", reason: end.failed, error: end.error }
        : { state: "failed" };
    }
    default:
      return { state: "idle" };
  }
}
