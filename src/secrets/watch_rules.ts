import {
  ALNUM,
  fake,
  formats,
  HEX,
  LOWER,
  type SecretRule,
  START,
  tokens,
  UPPER,
  URL_SAFE,
  WORD,
} from "./secret_rule.ts";
import { looksGenerated } from "./looks_generated.ts";

/** Metrics, logs, errors, feature flags, analytics. */
export const WATCH_RULES: readonly SecretRule[] = [
  ...tokens("Grafana", "https://grafana.com/docs/grafana/latest/administration/service-accounts/", [
    ["grafana-cloud-token", "glc_", "A-Za-z0-9+/=", 32],
    ["grafana-service-token", "glsa_", WORD, 32],
    ["grafana-key", "eyJrIjoi", "A-Za-z0-9+/=", 40],
  ]),
  ...tokens("Sentry", "https://docs.sentry.io/account/auth-tokens/", [
    ["sentry-org-token", "sntrys_", "A-Za-z0-9_=+/-", 40],
    ["sentry-user-token", "sntryu_", HEX, 64],
    ["sentry-app-token", "sntrya_", HEX, 64],
  ]),
  ...tokens("New Relic", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/", [
    ["new-relic-user-key", "NRAK-", UPPER, 27],
    ["new-relic-insert-key", "NRII-", URL_SAFE, 32],
    ["new-relic-query-key", "NRIQ-", URL_SAFE, 32],
    ["new-relic-admin-key", "NRAA-", HEX, 27],
    ["new-relic-rest-key", "NRRA-", HEX, 42],
    ["new-relic-browser-key", "NRJS-", HEX, 19],
  ]),
  ...formats("New Relic", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/#license-key", [
    {
      id: "new-relic-license-key",
      anchors: ["NRAL"],
      pattern: /(?<=(?<![A-Za-z0-9])(?<before>[0-9a-fA-F]{32,36}))(?:FFFF)?NRAL(?![A-Za-z0-9])/y,
      example: `${fake(HEX, 32)}FFFFNRAL`,
    },
  ]),
  ...formats(
    "Dynatrace",
    "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens",
    [
      {
        id: "dynatrace-token",
        anchors: ["dt0"],
        pattern: new RegExp(`${START}dt0[a-z]\\d{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}`, "y"),
        example: `dt0c01.${fake(UPPER, 24)}.${fake(UPPER, 64)}`,
      },
    ],
  ),
  ...tokens("Honeycomb", "https://docs.honeycomb.io/configure/environments/manage-api-keys/", [
    ["honeycomb-ingest-key", "hcaik_", LOWER, 58],
    ["honeycomb-key", "hcamk_", LOWER, 58],
    ["honeycomb-classic-key", "hcxik_", LOWER, 58],
  ]),
  ...tokens("Axiom", "https://axiom.co/docs/reference/tokens", [
    ["axiom-token", "xaat-", "0-9a-f-", 36],
    ["axiom-personal-token", "xapt-", "0-9a-f-", 36],
  ]),
  ...tokens("PostHog", "https://posthog.com/docs/api", [
    ["posthog-personal-key", "phx_", ALNUM, 40],
    ["posthog-secret-key", "phs_", ALNUM, 40],
  ]),
  ...formats("LaunchDarkly", "https://launchdarkly.com/docs/home/account/api", [
    {
      id: "launchdarkly-key",
      anchors: ["sdk-", "api-"],
      pattern: /(?<![A-Za-z0-9])(?:sdk|api)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z])/y,
      example: "sdk-01234567-89ab-cdef-0123-456789abcdef",
    },
  ]),
  ...tokens("Statsig", "https://docs.statsig.com/access-management/projects", [
    ["statsig-console-key", "console-", ALNUM, 40],
  ]),
  ...formats("Statsig and Stytch", "https://stytch.com/docs/api/authentication", [
    {
      id: "secret-key",
      anchors: ["secret-"],
      pattern: /(?<![A-Za-z0-9])secret-(?:live-|test-)?[A-Za-z0-9_=-]{36,60}(?![A-Za-z0-9])/y,
      example: `secret-live-${fake(ALNUM, 36)}`,
      accepts: looksGenerated,
    },
  ]),
  ...tokens("DevCycle", "https://docs.devcycle.com/platform/account-management/api-keys", [
    ["devcycle-server-key", "dvc_server_", WORD, 32],
    ["devcycle-client-key", "dvc_client_", WORD, 32],
  ]),
  ...tokens("Rootly", "https://docs.rootly.com/api-reference/overview", [["rootly-key", "rootly_", HEX, 64]]),
  ...tokens("Samsara", "https://developers.samsara.com/docs/authentication", [
    ["samsara-token", "samsara_api_", ALNUM, 28],
  ]),
];
