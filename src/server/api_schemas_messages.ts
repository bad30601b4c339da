import * as z from "zod";
import { readAutoApprove } from "../domain/auto_approve.ts";
import { MAX_SYSTEM_PROMPT_CHARACTERS, MAX_TURNS } from "../domain/run.ts";
import { bodyOf, pageQuery, queryOf, total, uuid } from "./api_schemas.ts";

/** Any JSON. */
const anything = z.unknown();

const part = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("reasoning"), text: z.string() }).meta({ description: "New." }),
  z.object({
    type: z.literal("tool_call"),
    id: z.string(),
    name: z.string(),
    arguments: anything,
    metadata: anything.optional(),
  }),
  z.object({
    type: z.literal("tool_result"),
    tool_call_id: z.string(),
    content: anything,
    is_error: z.boolean().meta({ description: "New." }),
  }),
]).meta({ id: "MessagePart" });

export const message = z.object({
  role: z.enum(["user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(part)]),
}).meta({ id: "Message" });

export const messagePage = z.object({ messages: z.array(message), total }).meta({ id: "MessagePage" });

export const messagesQuery = queryOf({
  ...pageQuery,
  order: z.enum(["oldest", "newest"]).default("oldest").meta({ description: "Which comes first. New." }),
});

const NO_EFFECT = "Taken as clients send it, and without effect: prompt caching is the server's.";
const providerOptions = z.looseObject({}).nullish().transform(() => undefined)
  .meta({ description: NO_EFFECT });

const userMessage = bodyOf({
  role: z.literal("user"),
  content: z.union([
    z.string(),
    z.array(bodyOf({ type: z.literal("text"), text: z.string(), provider_options: providerOptions })),
  ], "must be a text, or a list of parts of type text: nothing else is taken").meta({
    description: "Several texts are joined as they are. Images are not taken.",
  }),
  name: z.string().nullish().meta({ description: "Taken as clients send it, and without effect." }),
  provider_options: providerOptions,
}).meta({ id: "NewMessage" });

const autoApprove = z.union([z.string(), z.array(z.string())]).transform((written, context) => {
  const read = readAutoApprove(written);
  if ("approve" in read) return read.approve;
  context.addIssue({ code: "custom", message: read.wrong });
  return z.NEVER;
}).meta({ description: "`all`, `none` (asks about everything), or patterns of tools." });

export const runOverrides = bodyOf({
  model: z.string().min(1).max(512).nullish(),
  auto_approve: autoApprove.nullish(),
  system_prompt: z.string()
    .refine(
      (text) => [...text].length <= MAX_SYSTEM_PROMPT_CHARACTERS,
      "system_prompt exceeds maximum length",
    )
    .nullish().meta({ maxLength: MAX_SYSTEM_PROMPT_CHARACTERS }),
  max_turns: z.int(`max_turns must be between 1 and ${MAX_TURNS}`)
    .min(1, `max_turns must be between 1 and ${MAX_TURNS}`)
    .max(MAX_TURNS, `max_turns must be between 1 and ${MAX_TURNS}`).nullish(),
}).meta({ id: "RunOverrides" });

const contextItem = bodyOf({
  name: z.string(),
  content: z.string(),
  priority: z.string().max(64).nullish().meta({
    description:
      "`critical` and `high` count as high, `normal` as normal, anything else as the caller's own.",
  }),
}).meta({ id: "ContextItem" });

export const sendMessage = bodyOf({
  message: userMessage,
  type: z.enum(["message", "steering", "follow_up"]).nullish(),
  run_id: uuid.nullish().meta({ description: "The active run: `steering` and `follow_up` need it." }),
  profile: z.string().min(1).max(64).nullish().meta({
    description: "The profile that the run goes by, instead of the server's. New.",
  }),
  model: z.string().min(1).max(512).nullish(),
  sandbox: z.boolean().nullish().meta({
    description: "`false`: this session has no tools. It counts at the session's first run. Absent: `true`.",
  }),
  pause_on_approval: z.boolean().nullish().meta({
    description: "`false`: what needs approval is denied at once. Absent: `true`, the run waits for it. New.",
  }),
  context: z.array(contextItem).nullish().meta({
    description: "At most 32, names of 256 and contents of 50,000 characters, 500,000 together.",
  }),
  overrides: runOverrides.nullish(),
}).meta({ id: "SendMessage" });

export type SendMessage = z.infer<typeof sendMessage>;

export const sentMessage = z.object({
  run_id: uuid,
  cursor: z.int().min(0).meta({
    description: "`GET …/events?after=<cursor>` tells of everything that this message brings about. New.",
  }),
}).meta({ id: "SentMessage" });
