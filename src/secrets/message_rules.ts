import { ALNUM, fake, formats, HEX, type SecretRule, START, tokens, UPPER, URL_SAFE } from "./secret_rule.ts";
import { looksGenerated } from "./looks_generated.ts";

/** Chat, mail, telephony. */
export const MESSAGE_RULES: readonly SecretRule[] = [
  ...tokens("Slack", "https://api.slack.com/concepts/token-types", [
    ["slack-bot-token", "xoxb-", "A-Za-z0-9-", 16],
    ["slack-user-token", "xoxp-", "A-Za-z0-9-", 16],
    ["slack-workspace-token", "xoxa-", "A-Za-z0-9-", 16],
    ["slack-legacy-refresh-token", "xoxr-", "A-Za-z0-9-", 16],
    ["slack-legacy-token", "xoxs-", "A-Za-z0-9-", 16],
    ["slack-legacy-oauth-token", "xoxo-", "A-Za-z0-9-", 16],
    ["slack-client-token", "xoxc-", "A-Za-z0-9-", 16],
    ["slack-cookie", "xoxd-", "A-Za-z0-9%+/=-", 16],
    ["slack-refresh-token", "xoxe-", "A-Za-z0-9-", 16],
    ["slack-rotated-token", "xoxe.", "A-Za-z0-9.-", 16],
    ["slack-app-token", "xapp-", "A-Za-z0-9-", 16],
  ]),
  ...formats("Slack", "https://api.slack.com/messaging/webhooks", [
    {
      id: "slack-webhook",
      anchors: ["hooks.slack.com/"],
      pattern:
        /hooks\.slack(?:-gov)?\.com\/(?<secret>(?:services|workflows|triggers)\/[A-Za-z0-9]{8,}(?:\/[A-Za-z0-9_-]{8,}){1,4})/y,
      example: `https://hooks.slack.com/services/T${fake(UPPER, 10)}/B${fake(UPPER, 10)}/${fake(ALNUM, 24)}`,
    },
  ]),
  ...formats("Discord", "https://discord.com/developers/docs/reference#authentication", [
    {
      id: "discord-token",
      // The first part is base64 of a decimal number.
      anchors: ["MT", "Mz", "Mj", "ND", "NT", "Nj", "Nz", "OD", "OT"],
      pattern:
        /(?<![A-Za-z0-9_-])[MNO][A-Za-z][A-Za-z0-9_-]{21,26}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,80}/y,
      example: `MT${fake(ALNUM, 24)}.Fake01.${fake(ALNUM, 38)}`,
    },
    {
      id: "discord-webhook",
      anchors: ["/api/webhooks/"],
      pattern: /\/api\/webhooks\/\d{16,21}\/(?<secret>[A-Za-z0-9_-]{60,80})/y,
      example: `https://discord.com/api/webhooks/012345678901234567/${fake(ALNUM, 68)}`,
    },
  ]),
  ...formats("Telegram", "https://core.telegram.org/bots/api#authorizing-your-bot", [
    {
      id: "telegram-token",
      anchors: [":AA"],
      pattern: /(?<=(?<![0-9A-Za-z])(?:bot)?(?<before>\d{6,12})):AA[A-Za-z0-9_-]{30,40}(?![A-Za-z0-9_-])/y,
      example: `123456789:AA${fake(ALNUM, 33)}`,
    },
  ]),
  ...formats(
    "Microsoft Teams",
    "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    [
      {
        id: "teams-webhook",
        anchors: [".webhook.office.com/"],
        pattern:
          /\.webhook\.office\.com\/(?<secret>webhookb2\/[A-Za-z0-9@-]{36,80}\/IncomingWebhook\/[A-Za-z0-9/-]{32,120})/y,
        example:
          `https://fake.webhook.office.com/webhookb2/01234567-89ab-cdef-0123-456789abcdef@01234567-89ab-cdef-0123-456789abcdef/IncomingWebhook/${
            fake(HEX, 32)
          }/01234567-89ab-cdef-0123-456789abcdef`,
      },
    ],
  ),
  ...formats("Google Chat", "https://developers.google.com/workspace/chat/quickstart/webhooks", [
    {
      id: "google-chat-webhook",
      anchors: ["chat.googleapis.com/"],
      pattern:
        /chat\.googleapis\.com\/v1\/spaces\/[A-Za-z0-9_-]{6,40}\/messages\?(?<secret>key=[A-Za-z0-9_-]{30,50}&token=[A-Za-z0-9_%-]{30,80})/y,
      example: `https://chat.googleapis.com/v1/spaces/AAAAFAKE/messages?key=${fake(ALNUM, 39)}&token=${
        fake(ALNUM, 43)
      }`,
    },
  ]),
  ...formats("Twilio", "https://www.twilio.com/docs/iam/api-keys", [
    {
      id: "twilio-key",
      anchors: ["SK"],
      pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/y,
      example: `SK${fake(HEX, 32)}`,
    },
  ]),
  ...formats("SendGrid", "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys", [
    {
      id: "sendgrid-key",
      anchors: ["SG."],
      pattern: new RegExp(`${START}SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{30,}`, "y"),
      example: `SG.${fake(ALNUM, 22)}.${fake(ALNUM, 43)}`,
    },
  ]),
  ...formats("Mailgun", "https://documentation.mailgun.com/docs/mailgun/api-reference/authentication/", [
    {
      id: "mailgun-key",
      anchors: ["key-"],
      pattern: /(?<![A-Za-z0-9])key-[0-9a-f]{32}(?![0-9A-Za-z])/y,
      example: `key-${fake(HEX, 32)}`,
    },
  ]),
  ...formats("Mailchimp", "https://mailchimp.com/developer/marketing/guides/quick-start/", [
    {
      id: "mailchimp-key",
      anchors: ["-us"],
      pattern: /(?<=(?<![0-9A-Za-z])(?<before>[0-9a-f]{32}))-us\d{1,2}(?![0-9])/y,
      example: `${fake(HEX, 32)}-us12`,
    },
    {
      id: "mandrill-key",
      anchors: ["md-"],
      pattern: /(?<![A-Za-z0-9])md-[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/y,
      example: `md-${fake(ALNUM, 22)}`,
    },
  ]),
  ...formats("Resend", "https://resend.com/docs/api-reference/introduction", [
    {
      id: "resend-key",
      anchors: ["re_"],
      pattern: /(?<![A-Za-z0-9_])re_[A-Za-z0-9_]{30,60}(?![A-Za-z0-9_])/y,
      example: `re_${fake(ALNUM, 8)}_${fake(ALNUM, 24)}`,
      accepts: looksGenerated,
    },
  ]),
  ...tokens("Brevo", "https://developers.brevo.com/docs/getting-started", [
    ["brevo-key", "xkeysib-", URL_SAFE, 70],
    ["brevo-smtp-key", "xsmtpsib-", URL_SAFE, 70],
  ]),
  ...tokens(
    "Intercom",
    "https://developers.intercom.com/docs/build-an-integration/learn-more/authentication",
    [
      ["intercom-token", "dG9rO", "A-Za-z0-9+/=", 50],
    ],
  ),
  ...tokens("Telnyx", "https://developers.telnyx.com/api/authentication", [[
    "telnyx-key",
    "KEY01",
    URL_SAFE,
    45,
  ]]),
  ...tokens("PubNub", "https://www.pubnub.com/docs/general/setup/data-persistence", [
    ["pubnub-secret-key", "sec-c-", URL_SAFE, 36],
  ]),
];
