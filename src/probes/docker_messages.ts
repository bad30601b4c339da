/**
 * How docker says what is wrong: its messages are all there is, every failure has the same exit code.
 *
 * @module
 */

/** Its context or its variables name no daemon at all; Docker 20 says so even to `--version`. */
export const NO_ENDPOINT =
  /unable to resolve docker endpoint|unable to parse docker host|context .* not found/i;
/** The daemon asked is on another machine, or meant to be. */
export const OTHER_MACHINE = /\b(?:tcp|ssh):\/\/|dial tcp|command \[ssh/i;
export const REFUSED = /permission denied|access is denied/i;
/** A DOCKER_HOST where no daemon of this machine is: not the system's, the user's, Docker Desktop's or colima's. */
export const ODD_SOCKET = /^unix:\/\/(?!\/(?:var\/)?run\/|.*\/\.(?:docker|colima)\/)/;
