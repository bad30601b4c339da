/** The checkout, without a slash at the end. */
export const ROOT: string = new URL("..", import.meta.url).pathname.replace(/\/$/, "");
