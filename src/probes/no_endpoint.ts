/** What docker says when its context or its variables name no daemon at all; Docker 20 says it even to `--version`. */
export const NO_ENDPOINT =
  /unable to resolve docker endpoint|unable to parse docker host|context .* not found/i;
