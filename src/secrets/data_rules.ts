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

/** Databases, infrastructure as code, secret stores, networks. */
export const DATA_RULES: readonly SecretRule[] = [
  ...tokens("Supabase", "https://supabase.com/docs/guides/api/api-keys", [
    ["supabase-token", "sbp_", HEX, 40],
    ["supabase-secret-key", "sb_secret_", URL_SAFE, 20],
  ]),
  ...tokens("PlanetScale", "https://planetscale.com/docs/concepts/service-tokens", [
    ["planetscale-token", "pscale_tkn_", DOTTED, 32],
    ["planetscale-password", "pscale_pw_", DOTTED, 32],
    ["planetscale-oauth-token", "pscale_oauth_", DOTTED, 32],
  ]),
  ...tokens("Neon", "https://neon.com/docs/manage/api-keys", [
    ["neon-key", "napi_", LOWER, 60],
    ["neon-password", "npg_", ALNUM, 12],
  ]),
  ...tokens("MongoDB Atlas", "https://www.mongodb.com/docs/atlas/configure-api-access/", [
    ["mongodb-service-secret", "mdb_sa_sk_", URL_SAFE, 40],
  ]),
  ...tokens("Aiven", "https://aiven.io/docs/platform/howto/create_authentication_token", [
    ["aiven-password", "AVNS_", URL_SAFE, 15],
  ]),
  ...tokens("CockroachDB", "https://www.cockroachlabs.com/docs/cockroachcloud/managing-access", [
    ["cockroach-key", "CCDB1_", WORD, 40],
  ]),
  ...formats("ClickHouse Cloud", "https://clickhouse.com/docs/cloud/manage/openapi", [
    {
      id: "clickhouse-key",
      anchors: ["4b1d"],
      // Not a checksum.
      pattern: /(?<![A-Za-z0-9])4b1d(?![0-9a-f]{38})[A-Za-z0-9]{38}(?![A-Za-z0-9])/y,
      example: `4b1d${fake(ALNUM, 38)}`,
    },
  ]),
  ...tokens("Databricks", "https://docs.databricks.com/aws/en/dev-tools/auth/pat", [
    ["databricks-token", "dapi", HEX + "-", 32],
    ["databricks-oauth-secret", "dose", HEX, 32],
  ]),
  ...tokens("dbt", "https://docs.getdbt.com/docs/dbt-cloud-apis/authentication", [
    ["dbt-service-token", "dbtc_", URL_SAFE, 30],
    ["dbt-user-token", "dbtu_", URL_SAFE, 30],
  ]),
  ...tokens("Materialize", "https://materialize.com/docs/manage/users-service-accounts/", [
    ["materialize-password", "mzp_", HEX, 64],
  ]),
  ...tokens("Tinybird", "https://www.tinybird.co/docs/forward/administration/tokens", [
    ["tinybird-token", "p.eyJ", DOTTED, 60],
  ]),
  ...tokens(
    "Confluent",
    "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html",
    [
      ["confluent-secret", "cflt", "A-Za-z0-9+/", 56],
    ],
  ),
  ...formats(
    "HashiCorp",
    "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    [
      {
        id: "terraform-token",
        anchors: [".atlasv1."],
        pattern: /(?<=(?<![A-Za-z0-9])(?<before>[A-Za-z0-9]{14}))\.atlasv1\.[A-Za-z0-9_=-]{60,}/y,
        example: `${fake(ALNUM, 14)}.atlasv1.${fake(ALNUM, 67)}`,
      },
    ],
  ),
  ...tokens("HashiCorp", "https://developer.hashicorp.com/vault/docs/concepts/tokens", [
    ["vault-token", "hvs.", URL_SAFE, 24],
    ["vault-batch-token", "hvb.", URL_SAFE, 60],
    ["vault-recovery-token", "hvr.", URL_SAFE, 24],
  ]),
  ...tokens("Doppler", "https://docs.doppler.com/reference/auth-token-formats", [
    ["doppler-personal-token", "dp.pt.", ALNUM, 40],
    ["doppler-service-token", "dp.st.", DOTTED, 40],
    ["doppler-cli-token", "dp.ct.", ALNUM, 40],
    ["doppler-account-token", "dp.sa.", ALNUM, 40],
    ["doppler-scim-token", "dp.scim.", ALNUM, 40],
    ["doppler-audit-token", "dp.audit.", ALNUM, 40],
  ]),
  ...tokens("Pulumi", "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/", [
    ["pulumi-token", "pul-", HEX, 40],
  ]),
  ...tokens("1Password", "https://developer.1password.com/docs/service-accounts/security/", [
    ["1password-service-token", "ops_eyJ", "A-Za-z0-9+/=_-", 100],
  ]),
  ...formats("1Password", "https://support.1password.com/secret-key-security/", [
    {
      id: "1password-secret-key",
      anchors: ["A3-"],
      pattern: new RegExp(
        `${START}A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}`,
        "y",
      ),
      example: `A3-${["FAKE23", "FAKE45", "FAKE6", "FAKE7", "FAKE8", "FAKE9"].join("-")}`,
    },
  ]),
  ...tokens("age", "https://github.com/FiloSottile/age/blob/main/doc/age-keygen.1.ronn", [
    ["age-key", "AGE-SECRET-KEY-1", UPPER, 58],
    ["age-pq-key", "AGE-SECRET-KEY-PQ-1", UPPER, 58],
  ]),
  ...tokens("Tailscale", "https://tailscale.com/kb/1277/key-prefixes", [
    ["tailscale-auth-key", "tskey-auth-", URL_SAFE, 20],
    ["tailscale-api-key", "tskey-api-", URL_SAFE, 20],
    ["tailscale-client-secret", "tskey-client-", URL_SAFE, 20],
    ["tailscale-scim-key", "tskey-scim-", URL_SAFE, 20],
    ["tailscale-webhook-key", "tskey-webhook-", URL_SAFE, 20],
    ["tailscale-key", "tskey-", URL_SAFE, 24],
  ]),
  ...tokens("NetBird", "https://docs.netbird.io/how-to/access-netbird-public-api", [[
    "netbird-token",
    "nbp_",
    ALNUM,
    36,
  ]]),
  ...tokens("Defined Networking", "https://docs.defined.net/guides/automating-host-creation/", [
    ["defined-networking-key", "dnkey-", URL_SAFE, 60],
  ]),
  ...tokens(
    "OpenShift",
    "https://docs.openshift.com/container-platform/latest/authentication/configuring-internal-oauth.html",
    [
      ["openshift-token", "sha256~", URL_SAFE, 40],
    ],
  ),
  ...formats("Kubernetes", "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/", [
    {
      id: "kubernetes-bootstrap-token",
      anchors: ["--token"],
      pattern: /--token[= ](?<secret>[a-z0-9]{6}\.[a-z0-9]{16})(?![a-z0-9])/y,
      example: "kubeadm join 10.0.0.1:6443 --token fake01.0123456789fakefa",
    },
  ]),
];
