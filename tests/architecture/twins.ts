import { isLeaf } from "./registries.ts";
import type { Tree } from "./tree.ts";

/**
 * Files without a twin, each with the test that covers it instead: commands are shown by the sessions that use
 * them, the real host by the suite that it shares with the fake one.
 */
const COVERED_BY: Readonly<Record<string, string>> = {
  "main.ts": "tests/cli/cli_test.ts",
  "src/cli/approvals.ts": "tests/cli/sessions_test.ts",
  "src/cli/approvals_decide.ts": "tests/cli/sessions_test.ts",
  "src/cli/approvals_list.ts": "tests/cli/sessions_test.ts",
  "src/cli/audit.ts": "tests/cli/sessions_test.ts",
  "src/cli/audit_list.ts": "tests/cli/sessions_test.ts",
  "src/cli/existing_session.ts": "tests/cli/sessions_test.ts",
  "src/cli/looked_at_store.ts": "tests/cli/sessions_test.ts",
  "src/cli/own_file.ts": "tests/cli/sessions_test.ts",
  "src/cli/sessions_delete.ts": "tests/cli/sessions_test.ts",
  "src/cli/sessions_export.ts": "tests/cli/sessions_test.ts",
  "src/cli/sessions_list.ts": "tests/cli/sessions_test.ts",
  "src/cli/sessions_show.ts": "tests/cli/sessions_test.ts",
  "src/cli/run_command.ts": "tests/cli/run_prompt_test.ts",
  "src/cli/start_runs.ts": "tests/cli/run_prompt_test.ts",
  "src/cli/whole_number.ts": "tests/cli/run_prompt_test.ts",
  "src/cli/autopilot.ts": "tests/cli/real/schedules.txt",
  "src/cli/channel.ts": "tests/cli/real/channels.txt",
  "src/cli/channel_edit.ts": "tests/cli/real/channels.txt",
  "src/cli/channel_list.ts": "tests/cli/real/channels.txt",
  "src/cli/completion.ts": "tests/cli/real/samples.txt",
  "src/cli/config.ts": "tests/cli/real/samples.txt",
  "src/cli/config_migrate.ts": "tests/cli/real/migrate.txt",
  "src/cli/config_show.ts": "tests/cli/real/broken_files.txt",
  "src/cli/config_texts.ts": "tests/cli/real/samples.txt",
  "src/cli/config_validate.ts": "tests/cli/real/broken_files.txt",
  "src/cli/doctor.ts": "tests/cli/fake/healthy.txt",
  "src/cli/doctor_list.ts": "tests/cli/fake/lists.txt",
  "src/cli/doctor_run.ts": "tests/cli/fake/outputs.txt",
  "src/cli/leaf.ts": "tests/cli/real/help_and_errors.txt",
  "src/mcp/serve_https.ts": "tests/cli/mcp_test.ts",
  "src/mcp/serve_stdio.ts": "tests/cli/mcp_test.ts",
  "src/cli/model_ask.ts": "tests/cli/model_test.ts",
  "src/cli/model_list.ts": "tests/cli/real/models.txt",
  "src/cli/preflight.ts": "tests/cli/fake/no_access.txt",
  "src/cli/probing.ts": "tests/cli/real/help_and_errors.txt",
  "src/cli/program.ts": "tests/cli/real/help_and_errors.txt",
  "src/cli/read_autopilot.ts": "tests/cli/real/not_toml.txt",
  "src/cli/report_outputs.ts": "tests/cli/fake/outputs.txt",
  "src/cli/live_launch.ts": "tests/docker/sandbox_cli_test.ts",
  "src/cli/mcp_proxy.ts": "tests/docker/sandbox_cli_test.ts",
  "src/cli/open_sandbox.ts": "tests/docker/sandbox_cli_test.ts",
  "src/cli/sandbox_list.ts": "tests/cli/sandbox_test.ts",
  "src/cli/sandbox_logs.ts": "tests/cli/sandbox_test.ts",
  "src/cli/sandbox_run.ts": "tests/cli/sandbox_test.ts",
  "src/cli/sandbox_status.ts": "tests/cli/sandbox_test.ts",
  "src/cli/start_boxes.ts": "tests/docker/sandbox_cli_test.ts",
  "src/cli/schedule.ts": "tests/cli/real/schedules.txt",
  "src/cli/schedule_edit.ts": "tests/cli/real/schedule_mistakes.txt",
  "src/cli/schedule_show.ts": "tests/cli/real/schedules.txt",
  "src/cli/warden.ts": "tests/cli/real/warden.txt",
  "src/cli/warden_logs.ts": "tests/cli/real/warden.txt",
  "src/cli/warden_rules.ts": "tests/cli/real/warden.txt",
  "src/cli/secrets.ts": "tests/cli/real/secrets.txt",
  "src/cli/secrets_scan.ts": "tests/cli/real/secrets.txt",
  "src/cli/secrets_selftest.ts": "tests/cli/real/secrets.txt",
  "src/cli/state.ts": "tests/cli/real/state.txt",
  "src/cli/state_backup.ts": "tests/cli/real/state.txt",
  "src/cli/state_check.ts": "tests/cli/real/state_damaged.txt",
  "src/cli/token.ts": "tests/cli/real/token.txt",
  "src/cli/version.ts": "tests/cli/real/help_and_errors.txt",
  "src/host/deno_attach.ts": "tests/cli/warden_init_test.ts",
  "src/host/deno_command.ts": "tests/host/deno_host_test.ts",
  "src/host/deno_console.ts": "tests/cli/real_stage.ts",
  "src/host/deno_environment.ts": "tests/host/deno_host_test.ts",
  "src/host/deno_files.ts": "tests/host/deno_host_test.ts",
  "src/host/deno_process_group.ts": "tests/host/deno_host_test.ts",
  "src/host/deno_tree.ts": "tests/host/deno_host_test.ts",
  "src/cli/warden_wrap.ts": "tests/docker/warden_wrap_test.ts",
  "src/sandbox/supervisor.ts": "tests/docker/sandbox_reap_test.ts",
  "src/sandbox/wrap.ts": "tests/docker/warden_wrap_test.ts",
  "src/sandbox/box_launcher.ts": "tests/docker/sandbox_reap_test.ts",
  "src/sandbox/launch_start.ts": "tests/sandbox/launch_test.ts",
  "src/server/prune_events.ts": "tests/server/event_table_test.ts",
  "src/server/transactions.ts": "tests/server/database_test.ts",
  "src/warden/egress_worker.ts": "tests/warden/start_egress_test.ts",
  "src/cli/serve.ts": "tests/cli/serve_api_test.ts",
  "src/server/api_responses.ts": "tests/server/openapi_test.ts",
  "src/server/api_schemas.ts": "tests/server/openapi_test.ts",
  "src/server/approval_json.ts": "tests/server/routes_approvals_test.ts",
  "src/server/body_limit.ts": "tests/server/http_app_test.ts",
  "src/server/config_json.ts": "tests/server/routes_meta_test.ts",
  "src/server/connections.ts": "tests/server/listener_test.ts",
  "src/server/decision_action.ts": "tests/server/routes_tools_test.ts",
  "src/server/degraded_parts.ts": "tests/server/routes_meta_test.ts",
  "src/server/health_json.ts": "tests/server/routes_meta_test.ts",
  "src/server/http_failure.ts": "tests/server/http_app_test.ts",
  "src/server/http_invalid.ts": "tests/server/routes_messages_test.ts",
  "src/server/message_json.ts": "tests/server/routes_messages_test.ts",
  "src/server/message_request.ts": "tests/server/routes_messages_test.ts",
  "src/server/needs_session.ts": "tests/server/http_app_test.ts",
  "src/server/no_route.ts": "tests/server/http_app_test.ts",
  "src/server/request_log.ts": "tests/server/http_app_test.ts",
  "src/server/routes_metrics.ts": "tests/server/metrics_test.ts",
  "src/server/session_json.ts": "tests/server/routes_sessions_test.ts",
  "src/server/sse_streams.ts": "tests/server/routes_events_test.ts",
};

/** `src/x/y.ts` that exports something to call, or is a leaf of a registry, has `tests/x/y_test.ts`. */
export function twins(tree: Tree, covered: Readonly<Record<string, string>> = COVERED_BY): string[] {
  const wanted = tree.sources
    .filter((file) => isLeaf(file) || file.exports.some(({ callable }) => callable))
    .filter(({ path }) => !(path in covered))
    .map(({ path }) => ({ path, twin: path.replace(/^src\//, "tests/").replace(/\.ts$/, "_test.ts") }));
  const missing = wanted.filter(({ twin }) => !tree.tests.includes(twin));
  const gone = Object.keys(covered).filter((path) => !tree.sources.some((file) => file.path === path));
  const uncovered = Object.entries(covered).filter(([, test]) => !tree.tests.includes(test));
  return [
    ...missing.map(({ path, twin }) =>
      `${path}: no ${twin}; write it, or name what covers it in tests/architecture/twins.ts`
    ),
    ...gone.map((path) => `${path}: gone, but named in tests/architecture/twins.ts; remove it there`),
    ...uncovered.map(([path, test]) => `${path}: ${test}, which should cover it, is gone; write a twin`),
  ];
}
