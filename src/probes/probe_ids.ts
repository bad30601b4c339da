/**
 * The ids that users may name, in registry order. Written out because probes check acknowledgements against it
 * and the registry imports the probes; a test keeps the two the same.
 */
export const PROBE_IDS = [
  "config_files",
  "credentials",
  "docker_installed",
  "docker_accessible",
  "docker_user_systemd",
  "memory",
  "bind_port",
  "systemd_linger",
  "disk_space",
  "sandbox_image",
  "sandbox_mount_inputs",
  "egress_rules",
  "sandbox_launch",
  "channel_config",
  "schedule_config",
  "deprecated_config",
  "secret_file_modes",
  "service_installed",
  "service_environment",
  "server_health",
  "tool_approval",
] as const;
