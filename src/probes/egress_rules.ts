import { parseEgressRule } from "../domain/egress_rule.ts";
import { quoted } from "../domain/printable.ts";
import { opensTooMuch } from "../domain/shared_hosts.ts";
import { shellWord } from "../host/shell_word.ts";
import type { Probe } from "./probe.ts";

/** Whether a rule of egress opens more than one owner's hosts. */
export const egressRules: Probe = {
  id: "egress_rules",
  title: "Egress rules",
  category: "security",
  occasions: ["doctor"],
  needs: ["config_files"],
  check({ autopilot: { value: { sandbox } } }) {
    if (sandbox?.warden === "none") {
      return Promise.resolve({ status: "pass", summary: 'Boxes connect nowhere (warden = "none")' });
    }
    const rules = sandbox?.egress ?? [];
    const wide = rules.flatMap((text) => {
      const rule = parseEgressRule(text);
      const problem = typeof rule === "string" ? undefined : opensTooMuch(rule);
      return problem === undefined ? [] : [{ text, problem }];
    });
    if (wide.length > 0) {
      const fix = {
        summary: "Name the hosts that are meant, one by one, and take the wide rules away",
        command: `stakpak warden deny ${wide.map(({ text }) => shellWord(text)).join(" ")}`,
      };
      const details = wide.map(({ text, problem }) => `${quoted(text)} ${problem}`);
      const summary = `${wide.length} of ${rules.length} egress rules let out to strangers`;
      return Promise.resolve({ status: "warn", summary, details, fix });
    }
    const summary = rules.length === 0
      ? "Boxes connect nowhere"
      : `Boxes connect to what ${rules.length === 1 ? "1 rule names" : `${rules.length} rules name`}`;
    return Promise.resolve({ status: "pass", summary });
  },
};
