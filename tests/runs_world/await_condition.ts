/** Settles when `holds` does; rejects with `what` when it does not come to. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  most = 3_000,
): Promise<void> {
  for (let tries = 0; tries < most; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it never came to be: ${what}`);
}
