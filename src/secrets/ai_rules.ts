import { ALNUM, fake, formats, HEX, LOWER, type SecretRule, tokens, URL_SAFE, WORD } from "./secret_rule.ts";
import { looksGenerated } from "./looks_generated.ts";

/** Models and what is built around them. */
export const AI_RULES: readonly SecretRule[] = [
  ...tokens("Anthropic", "https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key", [
    ["anthropic-key", "sk-ant-api", URL_SAFE, 16],
    ["anthropic-admin-key", "sk-ant-admin", URL_SAFE, 16],
    ["anthropic-oauth-token", "sk-ant-oat", URL_SAFE, 16],
    ["anthropic-refresh-token", "sk-ant-ort", URL_SAFE, 16],
    ["anthropic-session-key", "sk-ant-sid", URL_SAFE, 16],
  ]),
  ...tokens("OpenAI", "https://platform.openai.com/docs/api-reference/authentication", [
    ["openai-project-key", "sk-proj-", URL_SAFE, 16],
    ["openai-service-key", "sk-svcacct-", URL_SAFE, 16],
    ["openai-admin-key", "sk-admin-", URL_SAFE, 16],
  ]),
  ...tokens("OpenRouter", "https://openrouter.ai/docs/api-reference/authentication", [
    ["openrouter-key", "sk-or-v1-", HEX, 32],
  ]),
  ...tokens("Langfuse", "https://langfuse.com/docs/api-and-data-platform/features/public-api", [
    ["langfuse-secret-key", "sk-lf-", "a-f0-9-", 36],
  ]),
  ...tokens("Helicone", "https://docs.helicone.ai/helicone-headers/helicone-auth", [
    ["helicone-key", "sk-helicone-", URL_SAFE, 20],
  ]),
  ...formats(
    "OpenAI and those that speak like it",
    "https://platform.openai.com/docs/api-reference/authentication",
    [
      {
        id: "sk-key",
        anchors: ["sk-"],
        pattern:
          /(?<![A-Za-z0-9_-])sk-(?!ssh-|ecdsa-|ant-|proj-|svcacct-|admin-|or-v1-|lf-)[A-Za-z0-9_-]{16,64}/y,
        example: `sk-${fake(ALNUM, 48)}`,
        accepts: looksGenerated,
      },
    ],
  ),
  ...tokens("xAI", "https://docs.x.ai/docs/overview", [["xai-key", "xai-", ALNUM, 70]]),
  ...tokens("Groq", "https://console.groq.com/docs/quickstart", [["groq-key", "gsk_", ALNUM, 40]]),
  ...tokens("Perplexity", "https://docs.perplexity.ai/getting-started/quickstart", [
    ["perplexity-key", "pplx-", ALNUM, 40],
  ]),
  ...tokens("Replicate", "https://replicate.com/docs/topics/security/api-tokens", [
    ["replicate-token", "r8_", ALNUM, 36],
  ]),
  ...tokens("Hugging Face", "https://huggingface.co/docs/hub/security-tokens", [
    ["huggingface-token", "hf_", ALNUM, 30],
    ["huggingface-org-token", "api_org_", ALNUM, 30],
  ]),
  ...tokens("Together AI", "https://docs.together.ai/docs/quickstart", [[
    "together-key",
    "tgp_v1_",
    URL_SAFE,
    40,
  ]]),
  ...tokens("Fireworks AI", "https://docs.fireworks.ai/getting-started/quickstart", [
    ["fireworks-key", "fw_", ALNUM, 20],
  ]),
  ...tokens("Cerebras", "https://inference-docs.cerebras.ai/quickstart", [[
    "cerebras-key",
    "csk-",
    LOWER,
    40,
  ]]),
  ...tokens("Anyscale", "https://docs.anyscale.com/reference/quickstart-cli", [
    ["anyscale-key", "esecret_", ALNUM, 24],
  ]),
  ...tokens("NVIDIA", "https://docs.api.nvidia.com/nim/reference/llm-apis", [[
    "nvidia-key",
    "nvapi-",
    URL_SAFE,
    60,
  ]]),
  ...tokens("LangSmith", "https://docs.langchain.com/langsmith/create-account-api-key", [
    ["langsmith-token", "lsv2_pt_", WORD, 40],
    ["langsmith-service-key", "lsv2_sk_", WORD, 40],
  ]),
  ...tokens("Pinecone", "https://docs.pinecone.io/guides/projects/manage-api-keys", [[
    "pinecone-key",
    "pcsk_",
    WORD,
    50,
  ]]),
  ...tokens("Jina AI", "https://jina.ai/api-dashboard/", [["jina-key", "jina_", URL_SAFE, 40]]),
  ...formats("Voyage AI", "https://docs.voyageai.com/docs/api-key-and-installation", [
    {
      id: "voyage-key",
      anchors: ["pa-"],
      pattern: /(?<![A-Za-z0-9_-])pa-[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/y,
      example: `pa-${fake(ALNUM, 43)}`,
      accepts: looksGenerated,
    },
  ]),
  ...tokens("Tavily", "https://docs.tavily.com/documentation/quickstart", [[
    "tavily-key",
    "tvly-",
    URL_SAFE,
    24,
  ]]),
  ...tokens("Firecrawl", "https://docs.firecrawl.dev/introduction", [["firecrawl-key", "fc-", HEX, 32]]),
  ...tokens("E2B", "https://e2b.dev/docs/api-key", [["e2b-key", "e2b_", HEX, 40]]),
  ...tokens("RunPod", "https://docs.runpod.io/get-started/api-keys", [["runpod-key", "rpa_", ALNUM, 40]]),
  ...tokens("ElevenLabs", "https://elevenlabs.io/docs/api-reference/authentication", [
    ["elevenlabs-key", "sk_", HEX, 48],
  ]),
  ...tokens("Stakpak", "https://github.com/stakpak/agent", [["stakpak-key", "stkpk_api", WORD, 16]]),
];
