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

/** Where code lives, is packaged, built and tested. */
export const CODE_RULES: readonly SecretRule[] = [
  ...tokens(
    "GitHub",
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
    [
      ["github-token", "ghp_", ALNUM, 20],
      ["github-oauth-token", "gho_", ALNUM, 20],
      ["github-user-token", "ghu_", ALNUM, 20],
      ["github-app-token", "ghs_", "A-Za-z0-9_.-", 20],
      ["github-refresh-token", "ghr_", ALNUM, 20],
      ["github-pat", "github_pat_", WORD, 22],
    ],
  ),
  ...tokens("GitLab", "https://docs.gitlab.com/security/tokens/#token-prefixes", [
    ["gitlab-pat", "glpat-", "A-Za-z0-9_.-", 16],
    ["gitlab-oauth-secret", "gloas-", URL_SAFE, 16],
    ["gitlab-deploy-token", "gldt-", URL_SAFE, 16],
    ["gitlab-runner-token", "glrt-", "A-Za-z0-9_.-", 16],
    ["gitlab-runner-registration-token", "glrtr-", URL_SAFE, 16],
    ["gitlab-job-token", "glcbt-", "A-Za-z0-9_.-", 16],
    ["gitlab-trigger-token", "glptt-", URL_SAFE, 16],
    ["gitlab-feed-token", "glft-", URL_SAFE, 16],
    ["gitlab-mail-token", "glimt-", URL_SAFE, 16],
    ["gitlab-agent-token", "glagent-", URL_SAFE, 16],
    ["gitlab-workspace-token", "glwt-", URL_SAFE, 16],
    ["gitlab-scim-token", "glsoat-", URL_SAFE, 16],
    ["gitlab-feature-flags-token", "glffct-", URL_SAFE, 16],
    ["gitlab-runner-registration", "GR1348941", URL_SAFE, 20],
  ]),
  ...tokens("Atlassian", "https://support.atlassian.com/bitbucket-cloud/docs/using-access-tokens/", [
    ["atlassian-api-token", "ATATT3", "A-Za-z0-9_=-", 40],
    ["bitbucket-access-token", "ATCTT3", "A-Za-z0-9_=-", 40],
    ["bitbucket-app-password", "ATBB", ALNUM, 28],
  ]),
  ...tokens("Sourcegraph", "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token", [
    ["sourcegraph-token", "sgp_", "A-Za-z0-9_", 40],
  ]),
  ...tokens("npm", "https://docs.npmjs.com/about-access-tokens", [["npm-token", "npm_", ALNUM, 30]]),
  ...tokens("PyPI", "https://pypi.org/help/#apitoken", [["pypi-token", "pypi-AgE", URL_SAFE, 50]]),
  ...tokens("RubyGems", "https://guides.rubygems.org/api-key-scopes/", [
    ["rubygems-key", "rubygems_", HEX, 48],
  ]),
  ...formats("crates.io", "https://doc.rust-lang.org/cargo/reference/registry-authentication.html", [
    {
      id: "crates-io-token",
      anchors: ["cio"],
      pattern: /(?<![A-Za-z0-9+/])cio[A-Za-z0-9]{32}(?![A-Za-z0-9+/=_-])/y,
      example: `cio${fake(ALNUM, 32)}`,
      accepts: looksGenerated,
    },
  ]),
  ...tokens("NuGet", "https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package", [
    ["nuget-key", "oy2", LOWER, 43],
  ]),
  ...tokens("Clojars", "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens", [
    ["clojars-token", "CLOJARS_", LOWER, 60],
  ]),
  ...tokens("Packagist", "https://packagist.com/docs/composer-authentication", [
    ["packagist-org-token", "packagist_ort_", HEX, 68],
    ["packagist-update-token", "packagist_out_", HEX, 68],
    ["packagist-user-token", "packagist_uut_", HEX, 68],
  ]),
  ...tokens("JFrog", "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens", [
    ["artifactory-key", "AKCp", ALNUM, 69],
    ["artifactory-reference-token", "cmVmdGtu", ALNUM, 50],
  ]),
  ...tokens("Docker", "https://docs.docker.com/security/access-tokens/", [
    ["docker-pat", "dckr_pat_", URL_SAFE, 20],
    ["docker-org-token", "dckr_oat_", URL_SAFE, 20],
  ]),
  ...tokens("CircleCI", "https://circleci.com/docs/managing-api-tokens/", [
    ["circleci-token", "CCIPAT_", WORD, 40],
    ["circleci-project-token", "CCIPRJ_", WORD, 40],
  ]),
  ...tokens("Buildkite", "https://buildkite.com/docs/apis/managing-api-tokens", [
    ["buildkite-token", "bkua_", HEX, 40],
  ]),
  ...tokens("SonarQube", "https://docs.sonarsource.com/sonarqube-server/latest/user-guide/managing-tokens/", [
    ["sonar-user-token", "squ_", HEX, 40],
    ["sonar-project-token", "sqp_", HEX, 40],
    ["sonar-global-token", "sqa_", HEX, 40],
  ]),
  ...tokens("Postman", "https://learning.postman.com/docs/developer/postman-api/authentication/", [
    ["postman-key", "PMAK-", "a-f0-9-", 40],
    ["postman-collection-token", "PMAT-", UPPER, 26],
  ]),
  ...tokens("ReadMe", "https://docs.readme.com/main/reference/authentication", [
    ["readme-key", "rdme_", LOWER, 60],
  ]),
  ...tokens("Octopus Deploy", "https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key", [
    ["octopus-key", "API-", UPPER, 25],
  ]),
  ...tokens("CodeSandbox", "https://codesandbox.io/docs/sdk", [[
    "codesandbox-token",
    "csb_v1_",
    URL_SAFE,
    30,
  ]]),
  ...tokens("Prefect", "https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys", [
    ["prefect-user-key", "pnu_", ALNUM, 36],
    ["prefect-bot-key", "pnb_", ALNUM, 36],
  ]),
  ...tokens("Infracost", "https://www.infracost.io/docs/cloud_pricing_api/overview/", [
    ["infracost-key", "ico-", ALNUM, 32],
  ]),
  ...tokens("Snyk", "https://docs.snyk.io/snyk-api/authentication-for-api", [
    ["snyk-token", "snyk_uat.", "A-Za-z0-9_.-", 40],
  ]),
  ...tokens("WakaTime", "https://wakatime.com/api-key", [["wakatime-key", "waka_", "a-f0-9-", 36]]),
  ...formats(
    "Harness",
    "https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/",
    [
      {
        id: "harness-token",
        anchors: ["pat.", "sat."],
        pattern: new RegExp(`${START}[ps]at\\.[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}`, "y"),
        example: `pat.${fake(ALNUM, 22)}.${fake(HEX, 24)}.${fake(ALNUM, 20)}`,
      },
    ],
  ),
];
