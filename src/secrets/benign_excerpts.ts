/**
 * What servers, tools and repositories print, short: none of it is secret, and much of it looks so. `‹hex 40›` stands
 * for 40 random characters of that alphabet, `‹word›` for a word, `‹name›` for two, `‹number 99›` for one below 99,
 * `‹uuid›` for one.
 */
export const BENIGN_EXCERPTS: Readonly<Record<string, string>> = {
  licence: `Copyright (c) 20‹digit 2› ‹word› authors <‹name›@example.org>
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software. "Source" form
shall mean the preferred form for making modifications, including but not limited to software source code, access keys
to documentation, and configuration files. You may obtain a copy at https://www.example.org/licenses/LICENSE-2.0
`,
  "lock files": `    "node_modules/‹name›": {
      "version": "‹number 20›.‹number 40›.‹number 9›",
      "resolved": "https://registry.yarnpkg.com/‹name›/-/‹name›-1.‹number 40›.0.tgz",
      "integrity": "sha512-‹base64 86›==",
      "dependencies": { "‹name›": "^‹number 20›.0.1", "@types/‹name›": "~1.2.‹number 9›" }
    },
"‹name›@^‹number 20›.1.0":
  checksum: ‹hex 128›
github.com/‹name›/‹name› v0.‹number 40›.1 h1:‹base64 43›=
github.com/‹name›/‹name› v0.0.0-20261122124325-‹hex 12›/go.mod h1:‹base64 43›=
[[package]]
name = "‹name›"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "‹hex 64›"
    {file = "‹word›-1.2.3-py3-none-any.whl", hash = "sha256:‹hex 64›"},
`,
  "git log": `commit ‹hex 40›
Author: ‹word› <‹number 99999›+‹name›@users.noreply.example.com>
Date:   Sun Nov 22 1‹digit 1›:43:25 2026 +0000

    ‹word›: the ‹word› of the ‹word› is read from a file
    password: asked for twice; token = what the ‹word› gave; api key: see docs
    Change-Id: I‹hex 40›
diff --git a/src/‹word›/‹name›.ts b/src/‹word›/‹name›.ts
index ‹hex 7›..‹hex 7› 100644
-  const token = await readToken2(path);
+  const token = tokens.get(name) ?? (await readToken2(path, { secretName: "web-tls-2" }));
To github.com:example/app.git
   ‹hex 7›..‹hex 7›  main -> main
`,
  "docker inspect": `[{
    "Id": "‹hex 64›",
    "Image": "sha256:‹hex 64›",
    "Config": {
        "Env": [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "GPG_KEY=‹HEX 40›",
            "PYTHON_SHA256=‹hex 64›",
            "SECRET_FILE=/run/secrets/app",
            "DB_PASSWORD_FILE=/run/secrets/db_password2"
        ],
        "Labels": { "com.example.token.owner": "‹word›", "org.opencontainers.image.revision": "‹hex 40›" }
    },
    "GraphDriver": { "Data": { "MergedDir": "/var/lib/docker/overlay2/‹hex 64›/merged" }, "Name": "overlay2" },
    "NetworkSettings": { "SandboxID": "‹hex 64›", "SandboxKey": "/var/run/docker/netns/‹hex 12›", "MacAddress": "02:42:ac:11:00:02" },
    "RepoDigests": ["registry.example.com/‹name›@sha256:‹hex 64›"]
}]
`,
  "ls -lR": `./‹word›/‹name›:
total ‹number 999›
-rw-r--r-- 1 root root ‹number 99999› Nov 22 12:00 ‹name›.key
-rw-r--r-- 1 root root ‹number 99999› Nov 22 12:00 ‹name›-‹hex 8›.so.1
drwxr-xr-x 2 root root   4096 Nov 22 12:00 ‹hex 2›
lrwxrwxrwx 1 root root     26 Nov 22 12:00 id_rsa2.pub -> ../keys/‹name›.pub
-r--r--r-- 1 root root ‹number 9999› Nov 22 12:00 ‹hex 38›

`,
  logs:
    `10.0.1.23 - - [22/Nov/2026:12:00:00 +0000] "GET /v1/‹word›/‹uuid›?page=2&sort=key HTTP/1.1" 200 ‹number 9999› "https://example.com/login?next=/a" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"
Nov 22 12:00:00 web-1 sshd[‹number 9999›]: Accepted publickey for root from 10.0.0.5 port 51234 ssh2: ED25519 SHA256:‹base64 43›
Nov 22 12:00:00 web-1 sshd[‹number 9999›]: Failed password for invalid user admin from 10.0.0.9 port 51235 ssh2
2026-11-22T12:00:00.123Z level=info msg="‹word› refreshed" request_id=‹uuid› trace=‹hex 32› ms=‹number 900› password_changed_at=2026-01-01
{"log":"level=warn msg=\\"token expired\\" token_type=bearer key_id=2026-11-a kid=‹hex 16›\\n","stream":"stderr"}
{"level":"info","logger":"controller.secret","msg":"reconciled","secret":"web/web-tls-‹lower 5›","token":"present","reconcileID":"‹uuid›"}
ERROR:  password authentication failed for user "app"
DETAIL:  Key (email)=(ada@example.com) already exists; duplicate key: users_email_key1
SyntaxError: Unexpected token 'endif2', expecting end
cache hit key=user_profile_‹number 9999›_v2 ttl=300; partition key=order-‹hex 6› offset=‹number 99999›
traceparent: 00-‹hex 32›-‹hex 16›-01
http_requests_total{method="post",code="200",handler="/api/token"} ‹number 99999›
`,
  "kubectl get -o yaml": `  annotations:
    checksum/secret: ‹hex 64›
  name: web-‹lower 10›-‹lower 5›
  resourceVersion: "‹digit 8›"
  uid: ‹uuid›
    env:
    - name: DB_PASSWORD
      valueFrom:
        secretKeyRef:
          name: web-db-‹lower 5›
          key: password
    - name: TOKEN_FILE
      value: /var/run/secrets/kubernetes.io/serviceaccount/token
    - name: API_KEY_HEADER
      value: X-Api-Key-2
      secretName: web-tls-‹lower 5›
  - secret: web-certs-‹lower 5›
Mountable secrets:   default-token-‹lower 5›
  Warning  FailedMount  2m (x14 over 30m)  kubelet  MountVolume.SetUp failed for volume "tls" : secret "web-tls-‹lower 5›" not found
`,
  "terraform plan": `  ~ resource "aws_db_instance" "main" {
      ~ password                = (sensitive value)
        kms_key_id              = "arn:aws:kms:eu-west-1:123456789012:key/‹uuid›"
        key_name                = "deploy-2026-‹hex 4›"
        secret_arn              = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-‹lower 6›"
      + public_key              = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI‹base64 43› ada@example.com"
        fingerprint             = "1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca"
        source_code_hash        = "‹base64 43›="
        s3_key                  = "builds/app-‹hex 12›.zip"
        cache_key               = "v2-deps-‹hex 32›"
        access_token_validity   = "12h30m0s"
`,
  "aws --output json": `    "NextToken": "eyJ2IjoiMyIsInQiOi‹base64 40›",
    "continuationToken": "1ueGc‹base64 40›=",
    "KeyMetadata": { "KeyId": "‹uuid›", "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT" },
    "KeyPairs": [{ "KeyPairId": "key-‹hex 17›", "KeyName": "deploy-2026" }],
    "SecretList": [{ "ARN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/app/db-‹lower 6›", "Name": "prod/app/db" }],
    "ResponseMetadata": { "RequestId": "‹uuid›", "HTTPHeaders": { "x-amz-id-2": "‹base64 76›" } },
    "Contents": [{ "Key": "logs/2026/11/22/app-‹hex 16›.log.gz", "ETag": "\\"‹hex 32›\\"" }],
`,
  "openssl x509 -text": `        Serial Number:
            04:92:7f:63:ab:02:50:2e:49:9e:6f:c1:0f:4b:6a:77:1b:2c
            Public Key Algorithm: id-ecPublicKey
            X509v3 Subject Key Identifier:
                5A:F3:ED:2B:FC:36:C2:37:79:B9:52:30:EA:54:6F:CF:55:CB:2E:AC
                keyid:5A:F3:ED:2B:FC:36:C2:37:79:B9:52:30:EA:54:6F:CF:55:CB:2E:AC
-----BEGIN CERTIFICATE-----
MIIB‹base64 60›
‹base64 64›
‹base64 30›==
-----END CERTIFICATE-----
-----BEGIN PUBLIC KEY-----
MFkw‹base64 60›
-----END PUBLIC KEY-----
gpg:                using RSA key ‹HEX 40›
Primary key fingerprint: B8B8 0B5B 623E AB6A D877  5C45 B7C5 D7D6 3509 47F8
`,
  "binaryData of a config map": `  logo.png: ‹base64 1200›
  icon: data:image/png;base64,f0VMRgIBAQAAAAAAAAAAAAAADwA+AAEAAADwEQEAAAAAAEAAAAAAAAAA8DUCAAAAAAAAAAAAQAA4AAsAQAAmACUA‹base64 200›=
`,
  "dpkg -l":
    `ii  libpam-passwdqc:amd64  2.0.2-‹digit 1›  amd64  PAM module for password strength policy enforcement
ii  libsecret-1-0:amd64    0.20.5-‹digit 1›  amd64  Secret store
Depends: libaudit1 (>= 1:2.2.1), libcrypt1 (>= 1:4.1.0), login (>= 1:4.13+dfsg1-1+deb12u1)
SHA256: ‹hex 64›
`,
  "files in /etc": `root:x:0:0:root:/root:/bin/bash
sshd:*:19700:0:99999:7:::
password	[success=1 default=ignore]	pam_unix.so obscure use_authtok try_first_pass yescrypt
#password_encryption = scram-sha-256	# scram-sha-256 or md5
# METHOD can be "trust", "reject", "md5", "password", "scram-sha-256",
ssl_certificate_key /etc/letsencrypt/live/example.com/privkey2.pem;
smtpd_sasl_password_maps = hash:/etc/postfix/sasl_passwd2
HostKeyAlgorithms sk-ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256
/dev/sda1: UUID="‹uuid›" TYPE="ext4" PARTUUID="‹hex 8›-01"
`,
  code: `export async function login(password: string, token = await readToken2(path)): Promise<Session1> {
  const apiKey = process.env.API_KEY_2;
  const secret = config.get("app.secret.v2");
  headers.set("Authorization", \`Bearer \${token}\`);
  if (!pem.startsWith("-----BEGIN PRIVATE KEY-----") || !pem.endsWith("-----END PRIVATE KEY-----")) return;
	password := os.Getenv("DB_PASSWORD_V2")
	key := sha256.Sum256([]byte(name))
def load(key: typing.Union["rsa.RSAPrivateKey", "rsa.RSAPublicKey"], password: Optional[str] = None):
    token = secrets.token_urlsafe(32); url = f"https://{user}:{self.password}@{host}/"
NAMES = ["NSURLConnection", "NSURLCredential", "NSURLCredentialStorage"]
  password: "{{ vault_db_password_1 }}"
PASSWORD="$(pass show db/prod2)"; TOKEN=$(cat /run/secrets/token2)
curl -H "Authorization: Bearer $TOKEN" -u "$USER1:$PASS1" https://api.example.com/v2
"Consider_explicitly_re_exporting_to_resolve_the_ambiguity_‹digit 4›": "secret:[a-zA-Z0-9/_+=.@-]+$",
`,
};
