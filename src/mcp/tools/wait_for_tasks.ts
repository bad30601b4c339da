import { z } from "zod";
import { taskUpdate } from "../task_texts.ts";
import { type Task, tasksOf } from "../tasks.ts";
import { defineTool, type Tool, type ToolContext } from "../tool.ts";

const PROGRESS_MS = 1_000;
const DAY_SECONDS = 24 * 60 * 60;

export const waitForTasks: Tool = defineTool({
  name: "wait_for_tasks",
  description: "Waits until background tasks have ended, and tells of all of them.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    task_ids: z.string().describe("Ids as run_command_task gave them, separated by spaces"),
    timeout: z.int().min(1).max(DAY_SECONDS).optional().describe("Seconds to wait at most; none by default"),
  }),
  async run({ task_ids: written, timeout }, context) {
    const table = tasksOf(context.scope);
    const ids = [...new Set(written.split(/\s+/).filter((id) => id !== ""))];
    const unknown = ids.filter((id) => !table.find(id));
    const fail = (text: string) => ({ code: "AWAIT_TASKS_ERROR", text });
    if (ids.length === 0) return fail("No task ids were given; get_all_tasks lists them");
    if (unknown.length > 0) return fail(`Unknown tasks: ${unknown.join(" ")}; get_all_tasks lists them`);
    // Held on to: while we wait they may end and be forgotten.
    const awaited = ids.map((id) => table.find(id)!);
    const told = () => {
      const others = table.all().filter((task) => !awaited.includes(task));
      return taskUpdate([...awaited, ...others], new Set(ids), context.scope.host.now());
    };
    const inTime = await allEnded(awaited, timeout, context);
    context.signal.throwIfAborted();
    return inTime ? { text: told() } : fail(`Task timeout\n${told()}`);
  },
});

/** Whether all have ended before the timeout and the signal. */
async function allEnded(
  tasks: readonly Task[],
  timeoutSeconds: number | undefined,
  { signal, progress }: ToolContext,
): Promise<boolean> {
  const cut = Promise.withResolvers<false>();
  const timer = timeoutSeconds === undefined
    ? undefined
    : setTimeout(() => cut.resolve(false), timeoutSeconds * 1000);
  const ticker = setInterval(() => {
    const left = tasks.filter(({ status }) => status === "Running").map(({ id }) => id);
    progress(`Waiting for ${left.join(" ")}`);
  }, PROGRESS_MS);
  if (signal.aborted) cut.resolve(false);
  signal.addEventListener("abort", () => cut.resolve(false), { once: true });
  const all = Promise.all(tasks.map(({ ended }) => ended)).then(() => true);
  const inTime = await Promise.race([all, cut.promise]);
  clearTimeout(timer);
  clearInterval(ticker);
  return inTime;
}
