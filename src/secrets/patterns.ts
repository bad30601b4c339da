/** A shape that credentials have. `rule` names it in the placeholder. */
export interface SecretPattern {
  readonly rule: string;
  readonly pattern: RegExp;
}

/** Formats that providers document, most specific first. Each pattern is linear: no nested repetition. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    rule: "private-key",
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8192}-----END [A-Z ]{0,30}PRIVATE KEY-----/g,
  },
  { rule: "anthropic-key", pattern: /\bsk-ant-[A-Za-z0-9_-]{8,200}/g },
  { rule: "openai-key", pattern: /\bsk-(?:proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{16,200}/g },
  { rule: "stripe-key", pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{8,200}/g },
  { rule: "slack-token", pattern: /\bxox[abeprs]-[A-Za-z0-9-]{8,250}/g },
  { rule: "slack-app-token", pattern: /\bxapp-[A-Za-z0-9-]{8,250}/g },
  { rule: "telegram-token", pattern: /\b\d{6,12}:[A-Za-z0-9_-]{30,60}/g },
  { rule: "discord-token", pattern: /\b[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,80}/g },
  { rule: "github-token", pattern: /\bgh[opsru]_[A-Za-z0-9]{20,255}/g },
  { rule: "github-pat", pattern: /\bgithub_pat_[A-Za-z0-9_]{20,255}/g },
  { rule: "gitlab-token", pattern: /\bgl(?:pat|ptt|rt|dt|cbt|oas)-[A-Za-z0-9_-]{16,200}/g },
  { rule: "aws-key-id", pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g },
  { rule: "google-key", pattern: /\bAIza[A-Za-z0-9_-]{30,45}/g },
  { rule: "npm-token", pattern: /\bnpm_[A-Za-z0-9]{30,60}/g },
  { rule: "digitalocean-token", pattern: /\bdo[opr]_v1_[a-f0-9]{40,80}/g },
  { rule: "huggingface-token", pattern: /\bhf_[A-Za-z0-9]{20,60}/g },
  { rule: "jwt", pattern: /\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}/g },
  { rule: "authorization", pattern: /(?<=\b(?:Bearer|Basic) )[A-Za-z0-9._~+/=-]{8,4000}/g },
  { rule: "url-password", pattern: /(?<=:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,200}(?=@)/g },
];
