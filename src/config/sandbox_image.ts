import { quoted } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";

/** The Rust implementation's image, which has the usual tools; it exists for this architecture alone. */
const IMAGE_X86_64 = "ghcr.io/stakpak/agent:v0.3.88";
const IMAGE_ELSEWHERE = "debian:bookworm-slim";

const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REGISTRY = "(?:[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*(?::\\d+)?/)?";
const TAG = "(?::\\w[\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?";
const IMAGE = new RegExp(`^${REGISTRY}${COMPONENT}(?:/${COMPONENT})*${TAG}$`);

/** Which image boxes are made of, without a command line's `--image`. Source: DESIGN §7. */
export function sandboxImage(
  host: Pick<Inspection, "arch" | "env">,
  autopilot: Pick<AutopilotFile, "sandbox">,
): string {
  const byDefault = host.arch === "x86_64" ? IMAGE_X86_64 : IMAGE_ELSEWHERE;
  return host.env("STAKPAK_AGENT_IMAGE")?.trim() || autopilot.sandbox?.image?.trim() || byDefault;
}

/** Whether docker takes `text` for an image name; such a name may be shown and stand in a command line. */
export function isImageName(text: string): boolean {
  return text.length <= 255 && IMAGE.test(text);
}

/** An image as messages show it: a name whole, anything else only where it cannot be a secret. */
export function shownImage(image: string): string {
  return isImageName(image) ? image : quoted(image);
}
