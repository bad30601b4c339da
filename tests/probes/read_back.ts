import { MARKS } from "../../src/probes/head_line.ts";
import type { FormatName } from "../../src/probes/formats.ts";
import type { Report } from "../../src/probes/report.ts";

/** What a reader of one format learns: the status of each id. */
type States = Record<string, string>;

/** How each format is read by whom it is for; written apart from the renderers, so that it can judge them. */
export const READ_BACK: Readonly<Record<FormatName, (text: string) => States>> = {
  text: (text) => marked(text, /^ {2}(\S) (\w+)/gm),
  short: (text) => marked(text, /^(\S) (\w+)/gm),
  json: (text) =>
    Object.fromEntries((JSON.parse(text) as Report).checks.map(({ id, status }) => [id, status])),
  junit: junitStates,
  sarif: sarifStates,
  github: (text) =>
    Object.fromEntries(
      githubCommands(text).map(({ command, title, message }) => {
        const [, status = "", id = ""] = /^(pass|skip) (\w+): /.exec(message) ?? [];
        if (command === "debug") return [id, status];
        return [title.replace("stakpak: ", ""), command === "error" ? "block" : "warn"];
      }),
    ),
  markdown: (text) =>
    Object.fromEntries(
      [...text.matchAll(/^\| (\w+) \| `(\w+)` \|/gm)].map(([, status = "", id = ""]) => [id, status]),
    ),
};

function marked(text: string, line: RegExp): States {
  const statuses = new Map(Object.entries(MARKS).map(([status, mark]) => [mark, status]));
  return Object.fromEntries(
    [...text.matchAll(line)].flatMap(([, mark = "", id = ""]) => {
      const status = statuses.get(mark);
      return status === undefined ? [] : [[id, status]];
    }),
  );
}

function junitStates(text: string): States {
  const outcomes: States = { failure: "block", skipped: "skip", "system-out": "warn" };
  return Object.fromEntries(
    [...text.matchAll(/<testcase [^>]*? name="([^"]*)"[^>]*?(?:\/>|>\s*<([\w-]+))/g)]
      .map(([, id = "", outcome]) => [id, outcome === undefined ? "pass" : outcomes[outcome] ?? outcome]),
  );
}

function sarifStates(text: string): States {
  const states: States = {
    "fail error": "block",
    "fail warning": "warn",
    "fail note": "warn",
    "pass none": "pass",
    "notApplicable none": "skip",
  };
  const results: { ruleId: string; kind: string; level: string }[] = JSON.parse(text).runs[0].results;
  return Object.fromEntries(
    results.map(({ ruleId, kind, level }) => [ruleId, states[`${kind} ${level}`] ?? "unknown"]),
  );
}

export interface WorkflowCommand {
  readonly command: string;
  readonly title: string;
  readonly message: string;
}

/** Lines as the Actions runner takes them, unescaped in its order (`ActionCommand.TryParseV2`); throws on any other line. */
export function githubCommands(text: string): WorkflowCommand[] {
  return text.split(/\r\n|\r|\n/).slice(0, -1).map((line) => {
    const [, command = "", title = "", data] = /^::(\w+)(?: title=([^,:]*))?::(.*)$/s.exec(line) ?? [];
    if (data === undefined) throw new Error(`not a workflow command: ${JSON.stringify(line)}`);
    const plain = (escaped: string) => escaped.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
    const unescapedTitle = plain(title).replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
    return { command, title: unescapedTitle, message: plain(data).replaceAll("%25", "%") };
  });
}
