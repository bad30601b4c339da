/**
 * From inside a box: what it leaves in its workspace for its supervisor to run, to mount or to follow.
 *
 * @module
 */
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { boxMounts } from "../../src/config/box_mounts.ts";
import { checkScriptProblems } from "../../src/config/check_script.ts";
import { statePaths } from "../../src/config/paths.ts";
import { boxSettings } from "../../src/sandbox/box_settings.ts";
import { type AttackStage, attackStage, CANARY, sh } from "./attack_stage.ts";
import { dockerTest } from "./docker.ts";

/** What a box may well try: a script, a program named as ours are, and links to where it cannot look. */
const PLACE =
  `printf '#!/bin/sh\\n' > check.sh; mkdir -p bin data; cp check.sh bin/docker; cp check.sh bin/warden
  chmod 755 check.sh bin/*; ln -s "$HOST_HOME/.ssh" keys; ln -s "$HOST_HOME/.stakpak/config.toml" config
  ln -s / root; ln -s /var/run/docker.sock docker.sock; echo done`;

async function placed(on: AttackStage): Promise<void> {
  const box = await on.box();
  equal(await sh(box, `HOST_HOME=${on.stage.home}; ${PLACE}`), "done");
  await box[Symbol.asyncDispose]();
}

dockerTest(
  "a check script that a box has placed, or that lies behind what it has placed, is refused",
  async () => {
    await using on = await attackStage();
    await placed(on);
    const { host, home, workspace } = on.stage;
    const paths = statePaths(host);
    const mounts = await boxMounts(host, {}, {}, paths);
    await Deno.symlink(`${workspace}/check.sh`, `${home}/check.sh`);
    for (const script of [`${workspace}/check.sh`, `${home}/check.sh`, `${workspace}/root/bin/true`]) {
      const problems = await checkScriptProblems(host, paths, script, mounts);
      match(
        problems.map(({ message }) => message).join("\n"),
        /is inside .*, which a box can write/,
      );
      equal(problems[0]!.severity, "error");
    }
  },
);

dockerTest("a mount whose source a box has placed, or could, is refused at the next start", async () => {
  await using on = await attackStage();
  await placed(on);
  const { host, home, workspace } = on.stage;
  const paths = statePaths(host);
  await Deno.symlink(`${workspace}/keys`, `${home}/innocent`);
  for (
    const source of ["data", "keys", "config", "root", "docker.sock"].map((name) => `${workspace}/${name}`)
  ) {
    await rejects(
      boxSettings(host, { paths, sandbox: { volumes: [`${source}:/got`] } }),
      /^UserError: Cannot start a sandbox: volume .* is /,
    );
  }
  // What it leads to is a place of keys as well: one reason is enough.
  await rejects(
    boxSettings(host, { paths, sandbox: { volumes: [`${home}/innocent:/got`] } }),
    /which the box can write|must not be mounted/,
  );
  await rejects(
    boxSettings(host, { paths, sandbox: { workspace: `${workspace}/root` } }),
    /Cannot start a sandbox: its workspace/,
  );
});

dockerTest("a program in the workspace is not run in the place of ours: the start is refused", async () => {
  await using on = await attackStage();
  await placed(on);
  const { host, workspace } = on.stage;
  const paths = statePaths(host);
  const inPath = {
    ...host,
    env: (name: string) => name === "PATH" ? `${workspace}/bin:/usr/bin` : host.env(name),
  };
  await rejects(
    boxSettings(inPath, { paths, sandbox: {} }),
    / is inside .*, which the box can write: it could put a program/,
  );
  const placedProgram = { ...host, program: [`${workspace}/check.sh`] };
  await rejects(
    boxSettings(placedProgram, { paths, sandbox: {} }),
    / is inside .*, which the box can write: it could put a program/,
  );
});

dockerTest("links that a box leaves behind are not followed when its folders are removed", async () => {
  await using on = await attackStage();
  const box = await on.box();
  const { home } = on.stage;
  const links = [home, `${home}/.ssh`, `${home}/.aws/credentials`, "/"];
  const make = links.map((target, index) =>
    `ln -s ${target} in-${index}; mkdir -p deep/${index}; ln -s ${target} deep/${index}/link`
  );
  equal(
    await sh(
      box,
      `cd /run/stakpak/in; ${make.join("; ")}; mkdir shut; touch shut/file; chmod 0 shut; echo done`,
    ),
    "done",
  );
  await box[Symbol.asyncDispose]();
  equal(await Deno.readTextFile(`${home}/.aws/credentials`), `# ${CANARY}\n`);
  equal(await Deno.readTextFile(`${home}/.ssh/id_ed25519`), `# ${CANARY}\n`);
  await nothingLeft(on);
});

dockerTest("folders in each other, deeper than a stack, do not end who removes them", async () => {
  await using on = await attackStage();
  const box = await on.box();
  const dig =
    `chdir "/run/stakpak/in"; for (1 .. 13000) { mkdir "d" and chdir "d" or die "$!" } print "done\\n"`;
  equal(await sh(box, `perl -e '${dig}'`), "done");
  await box[Symbol.asyncDispose]();
  await nothingLeft(on);
});

async function nothingLeft({ stage }: AttackStage): Promise<void> {
  deepEqual(await stage.containers(), []);
  const [instance] = await stage.left();
  deepEqual((await Array.fromAsync(Deno.readDir(`${stage.run}/${instance}`))).map(({ name }) => name), [
    "lock",
  ]);
}
