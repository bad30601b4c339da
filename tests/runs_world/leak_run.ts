/**
 * Conversations in which everybody is careless with secrets: people, files, tools, the model and its provider.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Canaries } from "./canaries.ts";
import { readEvents, type SeenEvent } from "./event_reader.ts";
import type { ProviderRequest } from "./provider.ts";
import { accepted, answersIn, begun, call, letGo, waiting } from "./spoken.ts";
import type { Scripted, Wire } from "./steps.ts";
import type { World } from "./world.ts";
import { profileName } from "./world_files.ts";

let runs = 0;

export interface Leaked {
  /** Everything that clients were told. */
  readonly events: readonly SeenEvent[];
  /** What else the API has answered. */
  readonly answers: string;
}

/** Plays them all in one session of `world`. What it checks itself: what is given back to tools, and what is not. */
export async function leakAll(
  world: World,
  canaries: Canaries,
  wire: Wire,
  whileToolRuns: () => Promise<void>,
): Promise<Leaked> {
  const { client, provider } = world;
  const { sealed, seen } = canaries;
  const sessionId = await client.newSession(`About ${sealed[8]}`);
  const folder = await world.folderOf(sessionId);
  await using events = readEvents(client.url, client.token, sessionId);
  const answers: string[] = [];
  const begin = async (steps: readonly Scripted[], more: Record<string, unknown> = {}) => {
    const key = `leak${++runs}-${crypto.randomUUID().slice(0, 8)}`;
    const script = provider.script(key, steps);
    const { status, body } = await client.start(sessionId, {
      profile: profileName(wire, "free"),
      text: `Careless: ${sealed[9]} and ${seen[1]}. [[${key}]]`,
      ...more,
    });
    accepted({ status, body });
    return { script, runId: body.run_id as string, end: () => events.end(body.run_id) };
  };

  const first = await begin([{ calls: [waiting("plant")] }, { say: "Ready." }], {
    context: [{ name: "notes", content: `The key: ${sealed[10]}\n${seen[2]}` }],
    overrides: { system_prompt: `You are careless with ${sealed[21]}.` },
  });
  await begun({ folder } as never, "plant");
  for (const [name, text] of Object.entries(canaries.workspace)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  await whileToolRuns();
  accepted(await client.send(sessionId, first.runId, "follow_up", `By the way: ${sealed[11]}, ${seen[3]}`));
  await letGo({ folder } as never, "plant");
  await first.end();

  const second = await begin([
    {
      thinks: `I know ${sealed[12]} well.`,
      say: `The key is ${sealed[13]}, and ${sealed[14]}.`,
      calls: [
        call("run_command", { command: "cat leaked.txt; env" }, "c1"),
        call("run_command", { command: "cat leaked.json printed.txt" }, "c2"),
        call("run_command", {
          command: "cat leaked.b64; cat no-such-file-$(head -c 40 leaked.txt | tr ' ' _)",
        }, "c3"),
      ],
    },
    (request) => ({ calls: usingPlaceholders(request) }),
    { calls: [call("create", { path: "known", file_text: sealed[15]! }, "c7")] },
    { say: "Enough." },
  ]);
  await second.end();
  await assertUsed(folder, canaries);

  const failing: Scripted[] = [
    {
      error: {
        status: 401,
        type: "authentication_error",
        message: `Incorrect API key provided: ${sealed[0]} ${sealed[16]}`,
      },
    },
    { error: { status: 400, type: "invalid_request_error", message: `No: ${sealed[17]}` } },
    { raw: { status: 400, type: "text/html", text: `<html>${sealed[18]} ${seen[4]}</html>` } },
  ];
  for (const step of failing) await (await begin([step])).end();
  // Not tried again.
  await (await begin([{ redirect: `http://127.0.0.1:9/${sealed[19]}` }])).end();

  const reading = ["", "/messages", "/tools/pending"].map((path) => `/v1/sessions/${sessionId}${path}`);
  for (
    const path of [
      ...reading,
      "/v1/sessions",
      "/v1/config",
      "/v1/health",
      "/v1/ready",
      "/v1/audit",
      "/v1/approvals?status=all",
      "/v1/models",
    ]
  ) {
    answers.push(JSON.stringify(await client.ask("GET", path)));
  }
  const wrong = [
    { profile: sealed[20] },
    { overrides: { model: `${sealed[22]}/x` } },
    { overrides: { auto_approve: [`${sealed[23]} x`] } },
    { overrides: { auto_approve: sealed[24] } },
    { context: [{ name: sealed[25], content: 5 }] },
    { [sealed[26]!]: 1 },
  ];
  for (const more of wrong) {
    answers.push(JSON.stringify(await client.start(sessionId, { text: "x", ...more } as never)));
    const latest = world.store.runs.active(sessionId);
    if (latest) await client.cancel(sessionId, latest.id);
  }
  answers.push(JSON.stringify(await client.ask("GET", `/v1/${sealed[27]}`)));
  return { events: [...events.seen], answers: answers.join("\n") };
}

/** Calls that give the tools the placeholders which stand in the answer before. */
function usingPlaceholders(request: ProviderRequest) {
  const told = [...answersIn(request).values()].slice(-3);
  const placeholder = (text: string | undefined, behind: RegExp) =>
    new RegExp(`${behind.source}[^]*?(\\[REDACTED_SECRET:[^\\]]+\\])`).exec(text ?? "")?.[1] ??
      "NO-PLACEHOLDER";
  const sealed = placeholder(told[0], /leak 7: /);
  const seen = /\[REDACTED_SECRET:(?!known)[^\]]+\]/.exec(told[1] ?? "")?.[0] ?? "NO-PLACEHOLDER";
  return [
    call("run_command", { command: `printf %s '${sealed}' > sealed.out` }, "c4"),
    call("create", { path: "seen.out", file_text: seen }, "c5"),
    call("view", { path: "." }, "c6"),
  ];
}

async function assertUsed(
  folder: string,
  { seen }: Canaries,
): Promise<void> {
  const given = await Deno.readTextFile(`${folder}/seen.out`).catch(() => "there is no seen.out");
  assert.ok(
    seen.some((secret) => secret.includes(given) || given.includes(secret)),
    `a seen value is given back: ${given}`,
  );
  await assert.rejects(
    Deno.readTextFile(`${folder}/sealed.out`),
    Deno.errors.NotFound,
    "a call that wants a sealed value is refused",
  );
}

/** What reached the provider beside the key under its own name. */
export function sentTo(requests: readonly ProviderRequest[]): string {
  return requests.map(({ path, headers, text }) => {
    const { "x-api-key": _, authorization: __, ...others } = headers;
    return JSON.stringify([path, others, text]);
  }).join("\n");
}
