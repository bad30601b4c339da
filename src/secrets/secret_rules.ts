import { AI_RULES } from "./ai_rules.ts";
import { ASSIGNED_RULES } from "./assigned_rules.ts";
import { CLOUD_RULES } from "./cloud_rules.ts";
import { CODE_RULES } from "./code_rules.ts";
import { DATA_RULES } from "./data_rules.ts";
import { LOGIN_RULES } from "./login_rules.ts";
import { MESSAGE_RULES } from "./message_rules.ts";
import { PAY_RULES } from "./pay_rules.ts";
import type { SecretRule } from "./secret_rule.ts";
import { TEXT_RULES } from "./text_rules.ts";
import { WATCH_RULES } from "./watch_rules.ts";
import { WORK_RULES } from "./work_rules.ts";

/** Formats of providers. */
export const PROVIDER_RULES: readonly SecretRule[] = [
  ...AI_RULES,
  ...CLOUD_RULES,
  ...CODE_RULES,
  ...DATA_RULES,
  ...MESSAGE_RULES,
  ...PAY_RULES,
  ...WATCH_RULES,
  ...WORK_RULES,
];

/** Every rule. Of two that find the same text, the earlier one names it: providers first, context last. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...PROVIDER_RULES,
  ...TEXT_RULES,
  ...LOGIN_RULES,
  ...ASSIGNED_RULES,
];
