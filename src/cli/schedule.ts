import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { parseDuration } from "../config/duration.ts";
import { NOTIFY_ON, TRIGGERS } from "../config/schedule_schema.ts";
import { MAX_TURNS } from "../domain/run.ts";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { addOneSchedule, editSchedule, removeOneSchedule, switchSchedule } from "./schedule_edit.ts";
import { listSchedules, showSchedule } from "./schedule_show.ts";

/** `autopilot schedule`: prompts that run by the clock. */
export function scheduleCommand(start: Start): Command {
  const named = (verb: string, description: string) =>
    leaf(verb, description).argument("<name>", "a schedule");
  const written = (verb: string, description: string) =>
    leaf(verb, description, "the profile it runs under").argument("<name>", "a schedule");
  const add = fields(written("add", "add a schedule to autopilot.toml"))
    .addHelpText(
      "after",
      examples(
        "stakpak autopilot schedule add health-check --cron '*/5 * * * *' \\",
        "      --prompt 'Check production health' --profile monitoring",
      ),
    );
  const edit = fields(written("edit", "change a schedule; what is not named stays"));
  const commands = [
    start(leaf("list", "list the schedules").option("--json", "as JSON"), listSchedules),
    start(named("show", "show one schedule and its next runs").option("--json", "as JSON"), showSchedule),
    start(add, addOneSchedule),
    start(edit, editSchedule),
    start(named("remove", "remove a schedule"), removeOneSchedule),
    start(named("enable", "let a schedule run again"), (cli, _, name) => switchSchedule(cli, name, true)),
    start(
      named("disable", "keep a schedule, but do not run it"),
      (cli, _, name) => switchSchedule(cli, name, false),
    ),
  ];
  const schedule = group("schedule", "prompts that run by the clock");
  for (const command of commands) schedule.addCommand(command as unknown as Command);
  return schedule;
}

/** The options that `add` and `edit` share; each is a key of `[[schedules]]`. */
function fields<Arguments extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Arguments, Options>,
) {
  const duration = (value: string) => {
    if (parseDuration(value) === undefined) {
      throw new InvalidArgumentError('It must be a duration such as "45s" or "2h 30m".');
    }
    return value;
  };
  return command
    .option("--cron <expression>", "when: five fields, minute hour day month weekday")
    .option("--prompt <text>", "what the agent is asked to do")
    .option("--timezone <zone>", "the zone of the cron expression, such as Europe/Berlin")
    .option("--check <path>", "a script that decides whether the agent is woken")
    .addOption(new Option("--trigger-on <outcome>", "which outcome of the check wakes it").choices(TRIGGERS))
    .option("--timeout <time>", "how long the agent may take", duration)
    .option("--check-timeout <time>", "how long the check may take", duration)
    .option("--max-turns <n>", `how many turns the agent may take (1 to ${MAX_TURNS})`, turns)
    .addOption(new Option("--max-steps <n>", "old name of --max-turns").argParser(turns).hideHelp())
    .addOption(new Option("--notify-on <what>", "which ends are reported").choices(NOTIFY_ON))
    .option("--notify-channel <channel>", "where reports go: slack, telegram, discord")
    .option("--notify-target <target>", "the chat there")
    .addOption(new Option("--channel <target>", "old name of --notify-target").hideHelp())
    .option("--pause-on-approval", "wait for a person where a tool needs approval")
    .option("--sandbox", "ask for the sandbox explicitly")
    .option("--no-sandbox", "run without tools")
    .option("--disabled", "keep it, but do not run it")
    .addOption(new Option("--enabled", "the default").hideHelp());
}

function turns(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_TURNS) return number;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_TURNS}.`);
}
