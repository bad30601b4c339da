import { z } from "zod";
import { generatePassword as generate } from "../password.ts";
import { defineTool, type Tool } from "../tool.ts";

export const generatePassword: Tool = defineTool({
  name: "generate_password",
  description: "Makes a random password. It is shown as a placeholder, which other tools fill in.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({
    length: z.int().min(4).max(256).default(15).describe("Characters"),
    "no_symbols": z.boolean().default(false).describe("Letters and digits alone"),
  }),
  run: ({ length, no_symbols: noSymbols }) => Promise.resolve({ text: generate(length, !noSymbols) }),
});
