import type { ModelProvider } from "./provider.ts";
import { anthropic } from "./providers/anthropic.ts";
import { custom } from "./providers/custom.ts";
import { google } from "./providers/google.ts";
import { openai } from "./providers/openai.ts";
import { openrouter } from "./providers/openrouter.ts";
import { stakpak } from "./providers/stakpak.ts";

/** All kinds of providers. Where nobody chose a model, the first one that a profile has a credential for gives it. */
export const PROVIDERS: readonly ModelProvider[] = [anthropic, openai, google, openrouter, stakpak, custom];
