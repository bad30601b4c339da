/** `Deno.test` with every sanitizer on: a test that leaks an operation, a resource or an exit fails. */
export function test(name: string, fn: (context: Deno.TestContext) => void | Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true, sanitizeExit: true });
}
