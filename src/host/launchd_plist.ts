/**
 * The launchd agent of the autopilot.
 *
 * launchd knows no environment file: `--from-service` reads `service.env` itself.
 *
 * @module
 */
import { serviceCommand, serviceEnvironment, serviceFolder, type ServiceOptions } from "./service_command.ts";

export const LAUNCHD_LABEL = "dev.stakpak.autopilot";

/** Where the user's launchd looks for it. */
export function launchdPlistPath(home: string): string {
  return `${home}/Library/LaunchAgents/${LAUNCHD_LABEL}.plist`;
}

/** The text of the agent. `Umask` 63 is 0077. Throws {@linkcode UserError} as `serviceCommand` does. */
export function launchdPlist(options: ServiceOptions): string {
  const argv = serviceCommand(options);
  const environment = Object.entries(serviceEnvironment("darwin", options));
  const logs = `${serviceFolder(options)}/logs`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LAUNCHD_LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${argv.map((word) => `    <string>${escaped(word)}</string>`).join("\n")}
  </array>
  <key>WorkingDirectory</key>
  <string>${escaped(serviceFolder(options))}</string>
  <key>EnvironmentVariables</key>
  <dict>
${
    environment.map(([name, value]) => `    <key>${name}</key>\n    <string>${escaped(value)}</string>`).join(
      "\n",
    )
  }
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>10</integer>
  <key>ExitTimeOut</key>
  <integer>30</integer>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardOutPath</key>
  <string>${escaped(`${logs}/stdout.log`)}</string>
  <key>StandardErrorPath</key>
  <string>${escaped(`${logs}/stderr.log`)}</string>
</dict>
</plist>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
