import { permissionFlags } from "../src/cli/permissions.ts";

/** A machine that a binary is made for. */
export interface Target {
  /** As in the file's name: `linux-x64`. */
  readonly name: string;
  /** As `deno compile --target` wants it. */
  readonly triple: string;
}

export const TARGETS: readonly Target[] = [
  { name: "linux-x64", triple: "x86_64-unknown-linux-gnu" },
  { name: "linux-arm64", triple: "aarch64-unknown-linux-gnu" },
  { name: "macos-x64", triple: "x86_64-apple-darwin" },
  { name: "macos-arm64", triple: "aarch64-apple-darwin" },
  { name: "windows-x64", triple: "x86_64-pc-windows-msvc" },
];

/** `stakpak-linux-x64`, `stakpak-windows-x64.exe` */
export function artifactName({ name }: Target): string {
  return `stakpak-${name}${name.startsWith("windows") ? ".exe" : ""}`;
}

/**
 * The arguments of `deno` that make `output` from `entry`, the file that `scripts/bundle.ts` made: what is shipped is
 * what the tests ran. It is small already; `--minify` would break it (`scripts/minify.ts`).
 */
export function compileArguments(target: Target, entry: string, output: string): string[] {
  return [
    "compile",
    "--quiet",
    "--bundle",
    ...permissionFlags(),
    `--target=${target.triple}`,
    `--output=${output}`,
    entry,
  ];
}
