import assert from "node:assert/strict";
import { keyText } from "../../src/config/problem.ts";
import { routeChecks } from "../../src/config/route_checks.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

const schedule = (more = "") => `[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\n${more}\n`;
const SLACK = '[channels.slack]\nbot_token = "b"\napp_token = "a"\n';

function findings(text: string): string[] {
  return routeChecks(autopilot(text)).map(({ severity, path, message, hint }) =>
    `${severity} ${keyText(path)} ${message} | ${hint}`
  );
}

test("routeChecks() has nothing to say about whole routes to configured channels", () => {
  assert.deepEqual(findings(schedule()), []);
  assert.deepEqual(
    findings(`${SLACK}[notifications]\nchannel = "slack"\ntarget = "#ops"\n${schedule()}`),
    [],
  );
  assert.deepEqual(findings(SLACK + schedule('notify_channel = "slack"\nnotify_chat_id = "1"')), []);
  assert.deepEqual(findings(schedule('notify_channel = "webhook"\nnotify_target = "https://x.example"')), []);
});

test("routeChecks() refuses a channel that does not exist, with the nearest", () => {
  const known = "slack, telegram, discord, webhook, command";
  assert.deepEqual(findings('[notifications]\nchannel = "slak"\ntarget = "x"\n'), [
    `error notifications.channel there is no channel "slak", must be one of ${known} | did you mean "slack"?`,
  ]);
  assert.deepEqual(findings(schedule('notify_channel = "smoke-signals"\nnotify_target = "hill"')), [
    `error schedules[0].notify_channel there is no channel "smoke-signals", must be one of ${known} | write "slack"`,
  ]);
});

test("routeChecks() warns about a channel that is not configured, not about one that is broken", () => {
  assert.deepEqual(findings('[notifications]\nchannel = "telegram"\ntarget = "1"\n'), [
    'warning notifications.channel the channel "telegram" is not configured | stakpak autopilot channel add telegram',
  ]);
  const broken = '[channels.telegram]\ntoken = " "\n[notifications]\nchannel = "telegram"\ntarget = "1"\n';
  assert.deepEqual(findings(broken), []);
});

test("routeChecks() warns about half a route, unless no notice is wanted", () => {
  assert.deepEqual(findings(`${SLACK}${schedule('notify_channel = "slack"')}`), [
    "warning schedules[0] its notices have a channel and no target, so none is sent | add notify_target",
  ]);
  assert.deepEqual(findings(schedule('channel = "#ops"')), [
    "warning schedules[0] its notices have a target and no channel, so none is sent | add notify_channel",
  ]);
  assert.deepEqual(findings(schedule('notify_target = "x"\nnotify_on = "none"')), []);
  assert.deepEqual(findings(`[notifications]\nnotify_on = "none"\ntarget = "x"\n${schedule()}`), []);
});

test("routeChecks() checks the channels of bindings, which webhook is not", () => {
  const binding = (channel: string) => `[[routing.bindings]]\nchannel = "${channel}"\nrouting_key = "k"\n`;
  assert.deepEqual(findings(SLACK + binding("slack")), []);
  assert.deepEqual(findings(binding("webhook")), [
    'error routing.bindings[0].channel there is no channel "webhook", must be one of slack, telegram, discord | write "slack"',
  ]);
});
