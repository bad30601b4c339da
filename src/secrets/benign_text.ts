/**
 * Text without secrets that looks as if it had some: licences, lock files, git logs, `docker inspect`, `ls -lR`, logs.
 *
 * Made by a generator of fixed seed, so that it is the same everywhere and takes no room in the program.
 *
 * @module
 */

/** Draws from what is the same sequence each time. */
interface Draw {
  below(limit: number): number;
  of<T>(items: readonly T[]): T;
  text(characters: string, length: number): string;
}

const HEX = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const WORDS =
  "token password secret key private public access session auth login credential user admin client server config default handler parser reader writer cache store index remote local build test release deploy check probe retry limit queue worker"
    .split(" ");
const LICENCE =
  `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software. "Source" form
shall mean the preferred form for making modifications, including but not limited to software source code, access keys
to documentation, and configuration files. You may obtain a copy at https://www.example.org/licenses/LICENSE-2.0\n`;

const KINDS: readonly ((draw: Draw) => string)[] = [licence, lockEntry, commit, inspection, listing, logLine];

/** About `length` characters of it, every kind in turn. */
export function benignText(length: number): string {
  const draw = drawing(20261122);
  const pieces: string[] = [];
  let done = 0;
  for (let turn = 0; done < length; turn++) {
    const piece = KINDS[turn % KINDS.length]!(draw);
    pieces.push(piece);
    done += piece.length;
  }
  return pieces.join("");
}

function licence(draw: Draw): string {
  return `Copyright (c) ${1990 + draw.below(36)} ${draw.of(WORDS)} authors <${
    name(draw)
  }@example.org>\n${LICENCE}`;
}

function lockEntry(draw: Draw): string {
  const [one, other] = [name(draw), name(draw)];
  const version = `${draw.below(20)}.${draw.below(40)}.${draw.below(9)}`;
  return [
    `    "node_modules/${one}": {`,
    `      "version": "${version}",`,
    `      "resolved": "https://registry.yarnpkg.com/${one}/-/${one}-${version}.tgz",`,
    `      "integrity": "sha512-${draw.text(BASE64, 86)}==",`,
    `      "dependencies": { "${other}": "^${version}", "@types/${other}": "~${version}" }\n    },`,
    `${one}@^${version}:\n  checksum: ${draw.text(HEX, 128)}`,
    `github.com/${one}/${other} v${version} h1:${draw.text(BASE64, 43)}=`,
    `checksum = "${draw.text(HEX, 64)}"\n`,
  ].join("\n");
}

function commit(draw: Draw): string {
  return [
    `commit ${draw.text(HEX, 40)}`,
    `Author: ${draw.of(WORDS)} <${draw.below(99999)}+${name(draw)}@users.noreply.example.com>`,
    `Date:   Sun Nov 22 1${draw.below(9)}:43:25 2026 +0000\n`,
    `    ${draw.of(WORDS)}: the ${draw.of(WORDS)} of the ${draw.of(WORDS)} is read from a file`,
    `    password: asked for twice; token = what the ${draw.of(WORDS)} gave; api key: see docs`,
    `    Change-Id: I${draw.text(HEX, 40)}`,
    ` src/${draw.of(WORDS)}/${name(draw)}.ts | ${draw.below(300)} ++++---\n`,
  ].join("\n");
}

function inspection(draw: Draw): string {
  const id = draw.text(HEX, 64);
  return JSON.stringify(
    [{
      Id: id,
      Image: `sha256:${draw.text(HEX, 64)}`,
      Config: {
        Env: [
          "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
          `GPG_KEY=${draw.text(HEX, 40).toUpperCase()}`,
          `PYTHON_SHA256=${draw.text(HEX, 64)}`,
          "SECRET_FILE=/run/secrets/app",
          "PASSWORD_FILE=/run/secrets/db_password",
        ],
        Labels: {
          "com.example.token.owner": draw.of(WORDS),
          "org.opencontainers.image.revision": draw.text(HEX, 40),
        },
      },
      NetworkSettings: {
        SandboxKey: `/var/run/docker/netns/${id.slice(0, 12)}`,
        MacAddress: "02:42:ac:11:00:02",
      },
    }],
    null,
    4,
  ) + "\n";
}

function listing(draw: Draw): string {
  const lines = Array.from(
    { length: 8 },
    () =>
      `-rw-r--r-- 1 root root ${draw.below(99999)} Nov 22 12:00 ${name(draw)}.${
        draw.of(["key", "ts", "so.1", "pem"])
      }`,
  );
  return `./${draw.of(WORDS)}/${name(draw)}:\ntotal ${draw.below(999)}\n${lines.join("\n")}\n\n`;
}

function logLine(draw: Draw): string {
  const id = [8, 4, 4, 4, 12].map((length) => draw.text(HEX, length)).join("-");
  const line =
    `2026-11-22T12:00:${10 + draw.below(49)}.123Z level=info msg="${
      draw.of(WORDS)
    } refreshed" request_id=${id} ` +
    `path=/v1/${draw.of(WORDS)}/${draw.below(9999)} trace=${draw.text(HEX, 32)} ms=${draw.below(900)}`;
  return `${line}\n${JSON.stringify({ log: `${line}\n`, stream: "stderr" })}\n`;
}

function name(draw: Draw): string {
  return `${draw.of(WORDS)}-${draw.of(WORDS)}${draw.below(3) === 0 ? draw.below(99) : ""}`;
}

function drawing(seed: number): Draw {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
  return {
    below,
    of: (items) => items[below(items.length)]!,
    text: (characters, length) =>
      Array.from({ length }, () => characters[below(characters.length)]!).join(""),
  };
}
