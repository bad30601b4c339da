import type { Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { explainProbe } from "./doctor_explain.ts";
import { type DoctorOptions, runDoctor } from "./doctor_run.ts";
import { examples, leaf } from "./leaf.ts";
import { probing } from "./probing.ts";

/** `doctor`: every question, also as `autopilot doctor`. */
export function doctorCommand(start: Start): Command {
  const command = probing("doctor", "check whether this machine is ready, and set up safely")
    .addHelpText(
      "after",
      examples(
        "stakpak doctor",
        "stakpak doctor --only docker_accessible --format json",
        "stakpak doctor --live --only sandbox_launch",
        "stakpak doctor explain memory",
      ),
    );
  const doctor = start(command, (cli, options: DoctorOptions) => runDoctor(cli, "doctor", options));
  const explain = leaf("explain", "print what a probe asks, and what to do about it").argument(
    "<id>",
    "a probe",
  );
  doctor.addCommand(start(explain, explainProbe));
  return doctor as unknown as Command;
}
