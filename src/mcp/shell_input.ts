import { z } from "zod";

const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** What `run_command` and `run_command_task` are told. */
export const shellInput = {
  command: z.string().min(1).describe("The command, as `sh -c` takes it"),
  description: z.string().optional().describe("What it is for, in a few words"),
  timeout: z.int().min(1).max(WEEK_SECONDS).optional()
    .describe("Seconds after which it is ended, with everything it started; none by default"),
};
