import {
  ALNUM,
  DOTTED,
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

/** Work, content, design, maps, social networks. */
export const WORK_RULES: readonly SecretRule[] = [
  ...tokens("Notion", "https://developers.notion.com/reference/authentication", [
    ["notion-token", "ntn_", ALNUM, 40],
    ["notion-legacy-token", "secret_", ALNUM, 43],
  ]),
  ...tokens("Linear", "https://linear.app/developers/graphql", [
    ["linear-key", "lin_api_", ALNUM, 40],
    ["linear-oauth-token", "lin_oauth_", ALNUM, 40],
    ["linear-webhook-secret", "lin_wh_", ALNUM, 20],
  ]),
  ...formats("Airtable", "https://airtable.com/developers/web/guides/personal-access-tokens", [
    {
      id: "airtable-token",
      anchors: ["pat"],
      pattern: new RegExp(`${START}pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}`, "y"),
      example: `pat${fake(ALNUM, 14)}.${fake(HEX, 64)}`,
    },
  ]),
  ...formats("ClickUp", "https://developer.clickup.com/docs/authentication", [
    {
      id: "clickup-token",
      anchors: ["pk_"],
      pattern: new RegExp(`${START}pk_\\d{6,10}_[A-Z0-9]{32}`, "y"),
      example: `pk_01234567_${fake(UPPER, 32)}`,
    },
    {
      id: "klaviyo-key",
      anchors: ["pk_"],
      pattern: new RegExp(`${START}pk_[0-9a-f]{34}(?![0-9a-z])`, "y"),
      example: `pk_${fake(HEX, 34)}`,
    },
  ]),
  ...tokens("Trello", "https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/", [
    ["trello-token", "ATTA", ALNUM, 70],
  ]),
  ...formats("HubSpot", "https://developers.hubspot.com/docs/guides/apps/private-apps/overview", [
    {
      id: "hubspot-token",
      anchors: ["pat-"],
      pattern: /(?<![A-Za-z0-9])pat-(?:na|eu)\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z])/y,
      example: "pat-na1-01234567-89ab-cdef-0123-456789abcdef",
    },
  ]),
  ...tokens("Typeform", "https://www.typeform.com/developers/get-started/personal-access-token/", [
    ["typeform-token", "tfp_", "A-Za-z0-9_.=-", 44],
  ]),
  ...tokens("Figma", "https://developers.figma.com/docs/rest-api/authentication/", [
    ["figma-token", "figd_", URL_SAFE, 38],
    ["figma-oauth-token", "figo_", URL_SAFE, 38],
  ]),
  ...tokens("Frame.io", "https://developer.frame.io/docs/getting-started/authentication", [
    ["frameio-token", "fio-u-", "A-Za-z0-9_=-", 60],
  ]),
  ...tokens("Contentful", "https://www.contentful.com/developers/docs/references/authentication/", [
    ["contentful-token", "CFPAT-", URL_SAFE, 40],
  ]),
  ...tokens("Adobe", "https://developer.adobe.com/developer-console/docs/guides/authentication/", [
    ["adobe-client-secret", "p8e-", URL_SAFE, 32],
  ]),
  ...tokens("Adafruit IO", "https://io.adafruit.com/api/docs/", [["adafruit-key", "aio_", ALNUM, 28]]),
  ...tokens("Dropbox", "https://www.dropbox.com/developers/documentation/http/documentation", [
    ["dropbox-token", "sl.", DOTTED, 120],
  ]),
  ...formats("Mapbox", "https://docs.mapbox.com/help/dive-deeper/access-tokens/", [
    {
      id: "mapbox-token",
      anchors: ["sk.eyJ"],
      pattern: new RegExp(`${START}sk\\.eyJ[A-Za-z0-9_-]{20,200}\\.[A-Za-z0-9_-]{20,}`, "y"),
      example: `sk.eyJ${fake(ALNUM, 60)}.${fake(ALNUM, 22)}`,
    },
  ]),
  ...formats("MaxMind", "https://support.maxmind.com/hc/en-us/articles/4407116112539-Using-License-Keys", [
    {
      id: "maxmind-key",
      anchors: ["_mmk"],
      pattern: /(?<=(?<![A-Za-z0-9_])(?<before>[A-Za-z0-9]{6}_[A-Za-z0-9]{29}))_mmk(?![A-Za-z0-9])/y,
      example: `${fake(ALNUM, 6)}_${fake(ALNUM, 29)}_mmk`,
    },
  ]),
  ...tokens("Meta", "https://developers.facebook.com/docs/facebook-login/guides/access-tokens", [
    ["instagram-token", "IGQ", URL_SAFE, 100],
  ]),
  ...formats("Meta", "https://developers.facebook.com/docs/facebook-login/guides/access-tokens", [
    {
      id: "facebook-token",
      anchors: ["EAA"],
      pattern: /(?<![A-Za-z0-9+/])EAA[A-Za-z0-9]{90,}(?![A-Za-z0-9+/=])/y,
      example: `EAA${fake(ALNUM, 90)}`,
      accepts: looksGenerated,
    },
  ]),
  ...formats("X", "https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/application-only", [
    {
      id: "x-bearer-token",
      anchors: ["AAAAAAAAAAAAAAAAAAAA"],
      pattern: /(?<![A-Za-z0-9+/])A{20,22}(?!A)[A-Za-z0-9%]{58,}(?![A-Za-z0-9+/=])/y,
      example: `AAAAAAAAAAAAAAAAAAAA${fake(ALNUM, 60)}`,
      accepts: (token) => looksGenerated(token.slice(24)),
    },
  ]),
  ...tokens(
    "Pinterest",
    "https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/",
    [
      ["pinterest-token", "pina_", ALNUM, 32],
    ],
  ),
  ...tokens("Lichess", "https://lichess.org/api#section/Introduction/Authentication", [
    ["lichess-token", "lip_", ALNUM, 20],
  ]),
  ...tokens("Retool", "https://docs.retool.com/org-users/guides/retool-api/authentication", [
    ["retool-token", "retool_", ALNUM + "_", 24],
  ]),
  ...tokens("Zuplo", "https://zuplo.com/docs/articles/api-key-management", [[
    "zuplo-key",
    "zpka_",
    WORD,
    40,
  ]]),
  ...tokens("Cfx.re", "https://docs.fivem.net/docs/server-manual/setting-up-a-server-vanilla/", [
    ["cfx-key", "cfxk_", WORD, 26],
  ]),
  ...tokens("Thunderstore", "https://thunderstore.io/package/create/docs/", [[
    "thunderstore-token",
    "tss_",
    WORD,
    30,
  ]]),
  ...formats("Authress", "https://authress.io/knowledge-base/docs/authorization/service-clients/", [
    {
      id: "authress-key",
      anchors: ["sc_", "ext_", "scauth_", "authress_"],
      pattern: new RegExp(
        `${START}(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}`,
        "y",
      ),
      example: `sc_${fake(LOWER, 10)}.fake.acc-${fake(LOWER, 12)}.${fake(ALNUM, 40)}`,
    },
  ]),
  ...tokens("SettleMint", "https://console.settlemint.com/documentation/", [
    ["settlemint-token", "sm_pat_", ALNUM, 16],
    ["settlemint-app-token", "sm_aat_", ALNUM, 16],
    ["settlemint-service-token", "sm_sat_", ALNUM, 16],
  ]),
  ...tokens("Okta", "https://developer.okta.com/docs/guides/create-an-api-token/main/", [
    ["okta-header-token", "SSWS 00", DOTTED, 38],
  ]),
];
