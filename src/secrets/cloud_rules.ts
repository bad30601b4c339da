import {
  ALNUM,
  BASE64,
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

/** Keys that Microsoft can tell by a mark at a certain place: so many characters before it, six or 26 behind it. */
const AZURE_MARKS =
  /(?<=(?<![A-Za-z0-9+/])(?<before>[A-Za-z0-9+/]{33}(?:[A-Za-z0-9+/]{9}|[A-Za-z0-9+/]{11}|[A-Za-z0-9+/]{19}|[A-Za-z0-9+/]{43})?))(?:(?:\+ASt|\+ABa|\+ARm|\+AMC|\+AEh|\+ASb|\+ACR|ACDb|AzCa|AzFu|AzSe|AIoT|APIM)[A-Za-z0-9+/]{6}={0,2}|JQQJ99[A-Za-z0-9+/]{26})(?![A-Za-z0-9+/=])/y;

/** Clouds, and platforms that run what one deploys. */
export const CLOUD_RULES: readonly SecretRule[] = [
  ...formats("AWS", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html", [
    {
      id: "aws-key-id",
      anchors: ["AKIA", "ASIA", "ABIA", "ACCA"],
      pattern: /(?<![A-Za-z0-9+/])A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9+/])/y,
      example: `AKIA${fake(UPPER, 16)}`,
    },
    {
      id: "aws-secret-key",
      anchors: ["secretaccesskey", "secret_access_key", "secret access key"],
      pattern:
        /secret[_ ]?access[_ ]?key["'\]]{0,2}[ \t]{0,4}[=:>]{1,2}[ \t]{0,4}["']?(?<secret>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/=])/iy,
      example: `aws_secret_access_key = ${fake(BASE64, 40)}`,
    },
    {
      id: "aws-session-token",
      anchors: ["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"],
      pattern: /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/]{40,}={0,2}/y,
      example: `IQoJb3JpZ2lu${fake(BASE64, 120)}`,
    },
  ]),
  ...tokens("AWS", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html", [
    ["aws-bedrock-key", "ABSK", "A-Za-z0-9+/=", 100],
    ["aws-bedrock-session-key", "bedrock-api-key-", "A-Za-z0-9+/=", 40],
  ]),
  ...tokens("AWS", "https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api", [
    ["amazon-mws-token", "amzn.mws.", "a-f0-9-", 36],
    ["amazon-oauth-secret", "amzn1.oa2-cs.v1.", HEX, 64],
  ]),
  ...tokens("Google", "https://cloud.google.com/docs/authentication/api-keys", [
    ["google-key", "AIza", URL_SAFE, 30],
    ["google-access-token", "ya29.", URL_SAFE, 30],
    ["google-client-secret", "GOCSPX-", URL_SAFE, 24],
    ["google-refresh-token", "1//0", URL_SAFE, 40],
  ]),
  ...formats("Google", "https://firebase.google.com/docs/cloud-messaging/auth-server", [
    {
      id: "firebase-server-key",
      anchors: [":APA91b"],
      pattern: /(?<=(?<![A-Za-z0-9_-])(?<before>[A-Za-z0-9_-]{7,30})):APA91b[A-Za-z0-9_-]{120,}/y,
      example: `AAAA${fake(ALNUM, 7)}:APA91b${fake(URL_SAFE, 134)}`,
    },
  ]),
  ...formats("Microsoft Entra", "https://learn.microsoft.com/en-us/purview/sit-defn-client-secret-api-key", [
    {
      id: "azure-client-secret",
      anchors: ["Q~"],
      pattern:
        /(?<=(?<![A-Za-z0-9_~.-])(?<before>[A-Za-z0-9_~.]{3}\d))Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/y,
      example: `abc8Q~${fake(ALNUM, 34)}`,
    },
  ]),
  ...formats("Azure", "https://learn.microsoft.com/en-us/purview/sit-defn-azure-storage-account-key", [
    {
      id: "azure-account-key",
      anchors: ["accountkey=", "sharedaccesskey="],
      pattern: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,88}={0,2})/iy,
      example: `DefaultEndpointsProtocol=https;AccountName=fake;AccountKey=${fake(BASE64, 86)}==`,
    },
    {
      id: "azure-marked-key",
      anchors: [
        "+ASt",
        "+ABa",
        "+ARm",
        "+AMC",
        "+AEh",
        "+ASb",
        "+ACR",
        "ACDb",
        "AzCa",
        "AzFu",
        "AzSe",
        "AIoT",
        "APIM",
        "JQQJ99",
      ],
      pattern: AZURE_MARKS,
      example: `${fake(BASE64, 52)}JQQJ99${fake(BASE64, 26)}`,
    },
    {
      id: "azure-sas-signature",
      anchors: ["sig="],
      pattern: /(?<=[?&;])sig=(?<secret>[A-Za-z0-9+/%]{40,70}(?:=|%3[Dd])?)/y,
      example: `https://fake.blob.core.windows.net/c?sv=2024-11-04&sig=${fake(BASE64, 43)}%3D`,
    },
    {
      id: "azure-devops-pat",
      anchors: ["AZDO"],
      pattern: /(?<=(?<![A-Za-z0-9])(?<before>[A-Za-z0-9]{76}))AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/y,
      example: `${fake(ALNUM, 76)}AZDO${fake(ALNUM, 4)}`,
    },
  ]),
  ...tokens("Alibaba Cloud", "https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair", [
    ["alibaba-key-id", "LTAI", ALNUM, 16],
  ]),
  ...tokens("Tencent Cloud", "https://www.tencentcloud.com/document/product/598/32675", [
    ["tencent-key-id", "AKID", ALNUM, 32],
  ]),
  ...tokens("Yandex Cloud", "https://yandex.cloud/en/docs/iam/concepts/authorization/api-key", [
    ["yandex-key", "AQVN", URL_SAFE, 35],
    ["yandex-iam-token", "t1.9eu", DOTTED, 60],
    ["yandex-static-key", "YCAJE", URL_SAFE, 20],
  ]),
  ...tokens("DigitalOcean", "https://docs.digitalocean.com/reference/api/create-personal-access-token/", [
    ["digitalocean-token", "dop_v1_", HEX, 40],
    ["digitalocean-oauth-token", "doo_v1_", HEX, 40],
    ["digitalocean-refresh-token", "dor_v1_", HEX, 40],
    ["digitalocean-spaces-key", "DO00", UPPER, 16],
  ]),
  ...tokens("Scaleway", "https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/", [
    ["scaleway-key", "SCW", UPPER, 17],
  ]),
  ...tokens("Heroku", "https://devcenter.heroku.com/articles/authentication", [
    ["heroku-key", "HRKU-", "A-Za-z0-9_-", 36],
  ]),
  ...tokens("Netlify", "https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/", [
    ["netlify-token", "nfp_", ALNUM, 36],
    ["netlify-cli-token", "nfc_", ALNUM, 36],
  ]),
  ...tokens("Vercel", "https://vercel.com/docs/rest-api", [
    ["vercel-blob-token", "vercel_blob_rw_", WORD, 30],
    ["vercel-token", "vcp_", ALNUM, 20],
    ["vercel-integration-token", "vci_", ALNUM, 20],
    ["vercel-app-token", "vca_", ALNUM, 20],
    ["vercel-refresh-token", "vcr_", ALNUM, 20],
    ["vercel-gateway-key", "vck_", ALNUM, 20],
  ]),
  ...tokens("Render", "https://render.com/docs/api", [["render-key", "rnd_", ALNUM, 28]]),
  ...tokens("Fly.io", "https://fly.io/docs/security/tokens/", [
    ["fly-token", "fo1_", URL_SAFE, 40],
    ["fly-macaroon", "fm1r_", "A-Za-z0-9+/=,_", 60],
    ["fly-macaroon-2", "fm2_", "A-Za-z0-9+/=,_", 60],
    ["fly-macaroon-account", "fm1a_", "A-Za-z0-9+/=,_", 60],
  ]),
  ...tokens("Cloudflare", "https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/", [
    ["cloudflare-key", "cfk_", ALNUM, 40],
    ["cloudflare-user-token", "cfut_", ALNUM, 40],
    ["cloudflare-account-token", "cfat_", ALNUM, 40],
  ]),
  ...formats("Cloudflare", "https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/", [
    {
      id: "cloudflare-origin-key",
      anchors: ["v1.0-"],
      pattern: new RegExp(`${START}v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}`, "y"),
      example: `v1.0-${fake(HEX, 24)}-${fake(HEX, 146)}`,
    },
  ]),
  ...tokens("Deno", "https://docs.deno.com/deploy/manual/", [
    ["deno-deploy-token", "ddp_", ALNUM, 30],
    ["deno-deploy-org-token", "ddo_", ALNUM, 30],
  ]),
  ...tokens("Val Town", "https://docs.val.town/api/authentication/", [["valtown-token", "vtwn_", ALNUM, 24]]),
  ...tokens("Akamai", "https://techdocs.akamai.com/developer/docs/edgegrid", [
    ["akamai-token", "akab-", LOWER + "-", 32],
  ]),
];
