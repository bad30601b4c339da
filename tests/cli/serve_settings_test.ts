import { deepEqual, equal, match, throws } from "node:assert/strict";
import { serveSettings } from "../../src/cli/serve_settings.ts";
import { UserError } from "../../src/domain/error.ts";
import { test } from "../sanitized.ts";

const HERE = { hostname: "127.0.0.1", port: 4096 };

test("the command line goes before the file, and without either it is this machine's 4096 with a token", () => {
  deepEqual(serveSettings({ auth: true }), { at: HERE, withoutToken: false, showToken: false });
  deepEqual(serveSettings({ auth: true }, { listen: "[::1]:5000", no_auth: true, show_token: true }), {
    at: { hostname: "::1", port: 5000 },
    withoutToken: true,
    showToken: true,
  });
  deepEqual(
    serveSettings({ auth: false, listen: "localhost:1", showToken: true }, { listen: "[::1]:5000" }),
    {
      at: { hostname: "localhost", port: 1 },
      withoutToken: true,
      showToken: true,
    },
  );
});

test("an address that others reach is never served without a token", () => {
  for (const listen of ["0.0.0.0:4096", "[::]:4096", "10.0.0.5:4096", "ops.example.com:80"]) {
    throws(
      () => serveSettings({ auth: false, listen }),
      (error: UserError) => error.exitCode === 2 && error.message.includes(`without a token on ${listen}: `),
    );
    throws(
      () => serveSettings({ auth: true }, { listen, no_auth: true }),
      (error: UserError) => /^remove no_auth = true/.test(error.hint ?? ""),
    );
    equal(serveSettings({ auth: true, listen }).withoutToken, false);
  }
});

test("what is no address is refused with one that is", () => {
  throws(() => serveSettings({ auth: true, listen: "4096" }), (error: UserError) => {
    match(error.message, /^Cannot serve: --listen is "4096", must be HOST:PORT$/);
    return error.hint === "stakpak serve --listen 127.0.0.1:4096";
  });
});
