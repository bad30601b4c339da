import { boxUser } from "../../src/config/box_user.ts";
import { denoHost } from "../../src/host/deno_host.ts";

/** Who tools in a box are, where this account starts it and nothing is configured. */
export const BOX_ACCOUNT = boxUser(denoHost([]), undefined)!;
