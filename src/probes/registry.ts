import { bindPort } from "./bind_port.ts";
import { channelConfig } from "./channel_config.ts";
import { configFiles } from "./config_files.ts";
import { credentials } from "./credentials.ts";
import { deprecatedConfig } from "./deprecated_config.ts";
import { diskSpace } from "./disk_space.ts";
import { dockerAccessible } from "./docker_accessible.ts";
import { dockerInstalled } from "./docker_installed.ts";
import { dockerUserSystemd } from "./docker_user_systemd.ts";
import { egressRules } from "./egress_rules.ts";
import { memory } from "./memory.ts";
import { sandboxImage } from "./sandbox_image.ts";
import { sandboxLaunch } from "./sandbox_launch.ts";
import { sandboxMountInputs } from "./sandbox_mount_inputs.ts";
import { scheduleConfig } from "./schedule_config.ts";
import { secretFileModes } from "./secret_file_modes.ts";
import { serverHealth } from "./server_health.ts";
import { serviceEnvironment } from "./service_environment.ts";
import { serviceInstalled } from "./service_installed.ts";
import { systemdLinger } from "./systemd_linger.ts";
import { toolApproval } from "./tool_approval.ts";
import type { Probe } from "./probe.ts";

/** Every probe, in the order reports show them. A probe stands after those it needs. */
export const PROBES: readonly Probe[] = [
  configFiles,
  credentials,
  dockerInstalled,
  dockerAccessible,
  dockerUserSystemd,
  memory,
  bindPort,
  systemdLinger,
  diskSpace,
  sandboxImage,
  sandboxMountInputs,
  egressRules,
  sandboxLaunch,
  channelConfig,
  scheduleConfig,
  deprecatedConfig,
  secretFileModes,
  serviceInstalled,
  serviceEnvironment,
  serverHealth,
  toolApproval,
];
