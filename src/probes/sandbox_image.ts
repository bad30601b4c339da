import { isImageName, sandboxImage as configuredImage, shownImage } from "../config/sandbox_image.ts";
import { CommandNotFound } from "../host/inspection.ts";
import { commandDetails } from "./command_details.ts";
import { leftOut } from "./left_out.ts";
import type { Probe, ProbeResult } from "./probe.ts";

const ARCHITECTURES = { x86_64: "amd64", aarch64: "arm64" } as const;
const CHOOSE = "set image under [sandbox] in autopilot.toml, or STAKPAK_AGENT_IMAGE";

/** An absent image only warns: `up` pulls it. */
export const sandboxImage: Probe = {
  id: "sandbox_image",
  title: "Sandbox image",
  category: "docker",
  occasions: ["startup", "doctor"],
  needs: ["docker_accessible"],
  async check(context) {
    const { host, autopilot, signal } = context;
    const unknown = leftOut(context, "sandbox");
    if (unknown) return unknown;
    const image = configuredImage(host, autopilot.value);
    if (!isImageName(image)) {
      return {
        status: "block",
        summary: `Sandbox image is ${shownImage(image)}, must be an image name`,
        fix: { summary: `Correct the name, such as "debian:bookworm-slim": ${CHOOSE}` },
      };
    }
    try {
      const argv = ["docker", "image", "inspect", "-f", "{{.Os}}/{{.Architecture}}", image];
      const output = await host.run(argv, signal);
      const platform = /^\w+\/\w+$/.exec(output.stdout.trim())?.[0];
      if (output.code === 0 && platform) return judged(image, platform, host);
      return {
        status: "warn",
        summary: `Sandbox image is not present: ${image}`,
        ...(/no such image/i.test(output.stderr) ? {} : { details: commandDetails(output) }),
        fix: { summary: "Pull it now, or let stakpak up do it", command: `docker pull ${image}` },
      };
    } catch (error) {
      if (!(error instanceof CommandNotFound)) throw error;
      return { status: "skip", summary: "Skipped because Docker is not installed" };
    }
  },
};

function judged(
  image: string,
  platform: string,
  { os, arch }: { os: string; arch: keyof typeof ARCHITECTURES },
): ProbeResult {
  const wanted = `linux/${ARCHITECTURES[arch]}`;
  if (platform === wanted) {
    return { status: "pass", summary: `Sandbox image is present: ${image}`, details: [platform] };
  }
  // Docker's virtual machines on other systems emulate; a Linux host has to be set up for it.
  const emulated = os !== "linux" && platform.startsWith("linux/");
  return {
    status: emulated ? "warn" : "block",
    summary: `Sandbox image is for ${platform}, this machine needs ${wanted}: ${image}`,
    fix: {
      summary: `Pull it for this machine; where it does not exist, choose another: ${CHOOSE}`,
      command: `docker pull --platform ${wanted} ${image}`,
    },
  };
}
