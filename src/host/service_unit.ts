/**
 * The systemd user unit of the autopilot.
 *
 * Only options that are in force in a user manager: ProtectSystem and PrivateTmp are silently without effect
 * there, PrivateDevices and CapabilityBoundingSet fail (DESIGN §10), MemoryDenyWriteExecute breaks the JIT.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import {
  serviceCommand,
  serviceEnvironment,
  serviceEnvironmentFile,
  serviceFolder,
  type ServiceOptions,
} from "./service_command.ts";

export const SERVICE_UNIT = "stakpak-autopilot.service";

/** Where the user's systemd looks for it. */
export function serviceUnitPath(home: string): string {
  return `${home}/.config/systemd/user/${SERVICE_UNIT}`;
}

/**
 * The text of the unit. It gives up after five starts within five minutes, and ends a scheduler that has been
 * silent for two of its ticks. A stop signals this program alone, which then drains for 10 s and ends its
 * boxes for up to 10 s more. Throws {@linkcode UserError} as `serviceCommand` does, and for a program that
 * systemd cannot name.
 */
export function serviceUnit(options: ServiceOptions): string {
  const argv = serviceCommand(options);
  if (/["'\\]/.test(argv[0]!)) {
    throw new UserError(
      `Cannot write a service file: systemd takes no quotes in a program's path: ${argv[0]}`,
      {
        hint: "move the program to /usr/local/bin",
      },
    );
  }
  const environment = Object.entries(serviceEnvironment("linux", options));
  return `[Unit]
Description=Stakpak Autopilot Runtime
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
Type=notify
ExecStart=${argv.map((word, index) => index === 0 ? quotedWord(word) : argument(word)).join(" ")}
WorkingDirectory=${specifiers(serviceFolder(options))}
Environment=${environment.map(([name, value]) => quotedWord(`${name}=${value}`)).join(" ")}
EnvironmentFile=-${specifiers(globbed(serviceEnvironmentFile(options)))}
Restart=on-failure
RestartSec=5
TimeoutStartSec=150
TimeoutStopSec=30
WatchdogSec=120
KillMode=mixed
UMask=0077
NoNewPrivileges=true

[Install]
WantedBy=default.target
`;
}

/** systemd replaces `$NAME` in every word of a command line but the program's path. */
function argument(word: string): string {
  return quotedWord(word.replaceAll("$", "$$$$"));
}

/** One word of a list: quotes hold blanks together, and inside them `\` and `"` are escaped as in C. */
function quotedWord(word: string): string {
  if (/^[\w@+=:,./-]+$/.test(word)) return word;
  return `"${specifiers(word).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** `%h` and the like are replaced everywhere, also where quotes are not understood. */
function specifiers(text: string): string {
  return text.replaceAll("%", "%%");
}

/** The only path that systemd takes for a pattern. */
function globbed(path: string): string {
  return path.replaceAll(/[\\*?[\]]/g, (character) => `\\${character}`);
}
