import assert from "node:assert/strict";
import { withGatewayUrl } from "../../src/config/notification_route.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const routed = (text: string) => withGatewayUrl(TomlDocument.parse(text)).toString();

test("the gateway address is the one that the server listens on", () => {
  assert.equal(
    routed('[server]\nlisten = "0.0.0.0:9000"\n\n[notifications]\nchannel = "slack"\n'),
    '[server]\nlisten = "0.0.0.0:9000"\n\n[notifications]\nchannel = "slack"\ngateway_url = "http://127.0.0.1:9000"\n',
  );
});

test("the gateway address is the default one when the server names none, or a wrong one", () => {
  assert.match(routed(""), /gateway_url = "http:\/\/127\.0\.0\.1:4096"/);
  assert.match(routed('server.listen = "nowhere"\n'), /gateway_url = "http:\/\/127\.0\.0\.1:4096"/);
});

test("a gateway address that is there stays, blank ones too", () => {
  const text = '[notifications]\ngateway_url = ""\n';
  assert.equal(routed(text), text);
});
