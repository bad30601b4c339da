import {
  ALNUM,
  BASE64,
  fake,
  formats,
  HEX,
  LOWER,
  type SecretRule,
  tokens,
  URL_SAFE,
} from "./secret_rule.ts";
import { looksGenerated } from "./looks_generated.ts";

/** Payments, shops, shipping. */
export const PAY_RULES: readonly SecretRule[] = [
  ...tokens("Stripe", "https://docs.stripe.com/keys", [
    ["stripe-key", "sk_live_", ALNUM, 8],
    ["stripe-test-key", "sk_test_", ALNUM, 8],
    ["stripe-restricted-key", "rk_live_", ALNUM, 8],
    ["stripe-restricted-test-key", "rk_test_", ALNUM, 8],
    ["stripe-organisation-key", "sk_org_", ALNUM + "_", 16],
    ["stripe-webhook-secret", "whsec_", "A-Za-z0-9+/=", 24],
  ]),
  ...tokens("Shopify", "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens", [
    ["shopify-access-token", "shpat_", ALNUM, 32],
    ["shopify-custom-app-token", "shpca_", ALNUM, 32],
    ["shopify-private-app-token", "shppa_", ALNUM, 32],
    ["shopify-shared-secret", "shpss_", ALNUM, 32],
    ["shopify-user-token", "shpua_", ALNUM, 32],
    ["shopify-theme-token", "shptka_", ALNUM, 32],
  ]),
  ...tokens("Square", "https://developer.squareup.com/docs/build-basics/access-tokens", [
    ["square-oauth-secret", "sq0csp-", URL_SAFE, 40],
    ["square-legacy-token", "sq0atp-", URL_SAFE, 22],
  ]),
  ...formats(
    "PayPal Braintree",
    "https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials",
    [
      {
        id: "braintree-token",
        anchors: ["access_token$"],
        pattern: /access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}/y,
        example: `access_token$production$${fake(LOWER, 16)}$${fake(HEX, 32)}`,
      },
    ],
  ),
  ...formats("Square", "https://developer.squareup.com/docs/build-basics/access-tokens", [
    {
      id: "square-access-token",
      anchors: ["EAAA"],
      pattern: /(?<![A-Za-z0-9+/])EAAA(?!A)[A-Za-z0-9_-]{56,64}(?![A-Za-z0-9+/=_-])/y,
      example: `EAAA${fake(ALNUM, 60)}`,
    },
  ]),
  ...formats("Adyen", "https://docs.adyen.com/development-resources/api-credentials", [
    {
      id: "adyen-key",
      anchors: ["AQE"],
      pattern:
        /(?<![A-Za-z0-9+/])AQE[A-Za-z0-9+/]{40,140}={0,2}-[A-Za-z0-9+/]{20,80}={0,2}-[^\s"'`\\]{5,40}/y,
      example: `AQE${fake(ALNUM, 83)}==-${fake(ALNUM, 43)}=-fake01;fake}%=fake`,
    },
  ]),
  ...tokens("Plaid", "https://plaid.com/docs/api/", [
    ["plaid-token", "access-production-", "0-9a-f-", 36],
    ["plaid-development-token", "access-development-", "0-9a-f-", 36],
    ["plaid-sandbox-token", "access-sandbox-", "0-9a-f-", 36],
  ]),
  ...tokens("Flutterwave", "https://developer.flutterwave.com/v3.0/docs/authentication", [
    ["flutterwave-key", "FLWSECK-", "A-Za-z0-9-", 32],
    ["flutterwave-test-key", "FLWSECK_TEST-", "A-Za-z0-9-", 12],
  ]),
  ...tokens("Razorpay", "https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/", [
    ["razorpay-key", "rzp_live_", ALNUM, 14],
    ["razorpay-test-key", "rzp_test_", ALNUM, 14],
  ]),
  ...formats("Mollie, Lob and GoCardless", "https://docs.mollie.com/reference/authentication", [
    {
      id: "live-key",
      anchors: ["live_", "test_"],
      pattern: /(?<![A-Za-z0-9_])(?:live|test)_[A-Za-z0-9-]{30,64}(?![A-Za-z0-9_-])/y,
      example: `live_${fake(ALNUM, 30)}`,
      accepts: looksGenerated,
    },
  ]),
  ...tokens("EasyPost", "https://docs.easypost.com/docs/authentication", [
    ["easypost-key", "EZAK", ALNUM, 54],
    ["easypost-test-key", "EZTK", ALNUM, 54],
  ]),
  ...tokens("Shippo", "https://docs.goshippo.com/docs/guides_general/authentication/", [
    ["shippo-key", "shippo_live_", HEX, 40],
    ["shippo-test-key", "shippo_test_", HEX, 40],
  ]),
  ...tokens("Duffel", "https://duffel.com/docs/api/overview/making-requests/authentication", [
    ["duffel-token", "duffel_live_", URL_SAFE, 40],
    ["duffel-test-token", "duffel_test_", URL_SAFE, 40],
  ]),
  ...tokens("Paddle", "https://developer.paddle.com/api-reference/about/api-keys", [
    ["paddle-key", "pdl_live_apikey_", "A-Za-z0-9_", 40],
    ["paddle-sandbox-key", "pdl_sdbx_apikey_", "A-Za-z0-9_", 40],
  ]),
  ...tokens("Ramp", "https://docs.ramp.com/developer-api/v1/authorization", [[
    "ramp-secret",
    "ramp_sec_",
    ALNUM,
    40,
  ]]),
  ...tokens("Persona", "https://docs.withpersona.com/api-keys", [
    ["persona-key", "persona_production_", "A-Za-z0-9-", 24],
    ["persona-sandbox-key", "persona_sandbox_", "A-Za-z0-9-", 24],
  ]),
  ...formats("Coinbase", "https://docs.cdp.coinbase.com/get-started/authentication/cdp-api-keys", [
    {
      id: "coinbase-key-secret",
      anchors: ["apiKeySecret", "api_key_secret"],
      pattern: /api_?key_?secret["']?[ \t]{0,4}[:=][ \t]{0,4}["'](?<secret>[A-Za-z0-9+/]{86}==)/iy,
      example: `"apiKeySecret": "${fake(BASE64, 86)}=="`,
    },
  ]),
  ...tokens("Onfido", "https://documentation.onfido.com/api/latest/#api-tokens", [
    ["onfido-token", "api_live.", "A-Za-z0-9_.-", 24],
    ["onfido-sandbox-token", "api_sandbox.", "A-Za-z0-9_.-", 24],
  ]),
  ...tokens("Checkout.com", "https://www.checkout.com/docs/developer-resources/api/manage-api-keys", [
    ["checkout-sandbox-key", "sk_sbox_", "A-Za-z0-9*#$=-", 24],
  ]),
];
