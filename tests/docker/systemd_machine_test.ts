import { equal, match } from "node:assert/strict";
import { dockerTest } from "./docker.ts";
import { startSystemdMachine } from "./systemd_machine.ts";

dockerTest("a lingering user of the systemd machine has a manager that runs commands", async () => {
  await using machine = await startSystemdMachine();
  const ops = await machine.addUser("ops", { linger: true });

  const state = await ops.run(["systemctl", "--user", "is-system-running", "--wait"]);
  const asked = await ops.run(["systemd-run", "--user", "--pipe", "--wait", "--quiet", "--collect", "true"]);
  const linger = await ops.run(["loginctl", "show-user", "ops", "--property=Linger", "--value"]);

  equal(state.stdout.trim(), "running");
  equal(asked.code, 0, asked.stderr);
  equal(linger.stdout.trim(), "yes");
});

dockerTest("a user of the systemd machine who does not linger has a manager while logged in", async () => {
  await using machine = await startSystemdMachine();
  const eve = await machine.addUser("eve");
  const asked = () => eve.run(["systemctl", "--user", "is-system-running", "--wait"]);
  const linger = () => eve.run(["loginctl", "show-user", "eve", "--property=Linger", "--value"]);

  equal((await asked()).code, 1);
  match((await linger()).stderr, /not logged in or lingering/);
  await using _login = await eve.login();
  equal((await asked()).stdout.trim(), "running");
  equal((await linger()).stdout.trim(), "no");
});

dockerTest("only members of the docker group reach the daemon from the systemd machine", async () => {
  await using machine = await startSystemdMachine();
  const ops = await machine.addUser("ops", { docker: true });
  const eve = await machine.addUser("eve");
  const ask = ["docker", "version", "--format", "{{.Server.Version}}"];

  equal((await ops.run(ask)).code, 0);
  match((await eve.run(ask)).stderr, /permission denied/);
});

dockerTest("the program runs in the systemd machine and leaves nothing at home", async () => {
  await using machine = await startSystemdMachine({ program: true });
  const ops = await machine.addUser("ops");
  const before = await ops.run(["find", "."]);

  const { code, stdout, stderr } = await ops.run(["stakpak", "--version"]);

  equal(code, 0, stderr);
  match(stdout, /^\d+\.\d+\.\d+\n$/);
  equal((await ops.run(["find", "."])).stdout, before.stdout);
});
