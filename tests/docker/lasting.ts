/**
 * Runs `docker …` until it is disposed: a program in a container that does something while others look.
 * Resolves when it has written a line, which says that it is ready. It must end when its stdin does.
 */
export async function lasting(args: readonly string[]): Promise<AsyncDisposable> {
  const child = new Deno.Command("docker", {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  })
    .spawn();
  const reader = child.stdout.getReader();
  const { done } = await reader.read();
  const end = async () => {
    await child.stdin.close();
    await reader.cancel();
    await child.status;
  };
  if (!done) return { [Symbol.asyncDispose]: end };
  await end();
  throw new Error(`docker ${args.join(" ")} ended before it was ready`);
}
