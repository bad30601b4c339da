/**
 * What to do about Docker, by machine. Every command fits the shell of its machine: PowerShell on Windows.
 *
 * @module
 */
import type { LinuxFamily, Platform } from "../host/platform.ts";
import type { Fix } from "./probe.ts";

const JOIN_GROUP = "sudo usermod -aG docker $USER";
const START = "sudo systemctl enable --now docker";
const REPOSITORY = "https://download.docker.com/linux/centos/docker-ce.repo";

const INSTALL: Readonly<Record<Exclude<LinuxFamily, "other">, string>> = {
  debian: `sudo apt-get update && sudo apt-get install -y docker.io && ${JOIN_GROUP}`,
  amazon: `sudo dnf install -y docker && ${START} && ${JOIN_GROUP}`,
  fedora: `sudo dnf install -y moby-engine && ${START} && ${JOIN_GROUP}`,
  // The package "docker" of this family is podman.
  rhel: `curl -fsSL ${REPOSITORY} | sudo tee /etc/yum.repos.d/docker-ce.repo >/dev/null && ` +
    `sudo dnf install -y docker-ce docker-ce-cli containerd.io && ${START} && ${JOIN_GROUP}`,
  suse: `sudo zypper --non-interactive install docker && ${START} && ${JOIN_GROUP}`,
  arch: `sudo pacman -S --noconfirm docker && ${START} && ${JOIN_GROUP}`,
};

const DESKTOP = String.raw`"$env:ProgramFiles\Docker\Docker\Docker Desktop.exe"`;

/** Docker is not there, or its program does not work. */
export function installDocker({ os, family }: Platform): Fix {
  if (os === "darwin") {
    return { summary: "Install Docker with colima", command: "brew install colima docker && colima start" };
  }
  if (os === "windows") {
    return { summary: "Install Docker Desktop", command: "winget install -e --id Docker.DockerDesktop" };
  }
  if (family !== "other") return { summary: "Install Docker, then log in again", command: INSTALL[family] };
  const page = "https://docs.docker.com/engine/install/";
  return {
    summary: `Install Docker for your distribution as ${page} says, then join its group`,
    command: JOIN_GROUP,
  };
}

/** The daemon is not running. `said` is docker's complaint: it names the socket, and so which daemon. */
export function startDocker({ os, wsl, systemd }: Platform, said: string): Fix {
  if (os === "darwin") {
    return said.includes("colima")
      ? { summary: "Start colima", command: "colima start" }
      : { summary: "Start Docker Desktop (with colima: colima start)", command: "open -a Docker" };
  }
  if (os === "windows") return { summary: "Start Docker Desktop", command: `Start-Process ${DESKTOP}` };
  if (said.includes("/run/user/")) {
    return { summary: "Start this user's Docker daemon", command: "systemctl --user start docker" };
  }
  if (systemd) return { summary: "Start the Docker daemon", command: START };
  const summary = wsl
    ? "Start the Docker daemon, or enable systemd in /etc/wsl.conf so that it starts by itself"
    : "Start the Docker daemon";
  return { summary, command: "sudo service docker start" };
}

/** The daemon is there and does not answer. */
export function restartDocker({ os, systemd }: Platform): Fix {
  if (os === "linux") {
    const command = systemd ? "sudo systemctl restart docker" : "sudo service docker restart";
    return { summary: "Restart the Docker daemon", command };
  }
  return { summary: os === "darwin" ? "Restart Docker Desktop or colima" : "Restart Docker Desktop" };
}

/** The daemon refuses this user. */
export function joinDocker({ os }: Platform): Fix {
  if (os === "darwin") {
    const summary = "Use the Docker of this user, not of another one";
    return { summary, command: "docker context use desktop-linux" };
  }
  if (os === "windows") {
    const command = "Add-LocalGroupMember -Group docker-users -Member $env:USERNAME";
    return { summary: "Grant the current user access to the Docker daemon, then log in again", command };
  }
  const summary = "Grant the current user access to the Docker daemon (its group is as mighty as root)";
  return { summary, command: `${JOIN_GROUP} && newgrp docker` };
}

/** Docker is pointed at a daemon that cannot be used: by the variable `name`, or by its current context. */
export function repointDocker({ os }: Platform, name: string | undefined): Fix {
  if (!name) {
    const summary = "Choose another Docker context, or mend this one";
    // Without the option Docker 20 fails before it can change anything.
    return { summary, command: "docker --context default context use default" };
  }
  const command = os === "windows" ? `Remove-Item Env:${name}` : `unset ${name}`;
  return { summary: `Correct ${name}, or use the daemon of this machine`, command };
}
