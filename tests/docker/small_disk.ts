// deno-lint-ignore-file no-console -- a test that falls back says so
import type { MachineUser } from "./machine_user.ts";
import { sh } from "./sh.ts";

/** Whether the machine can be given loop devices: some sandboxes have none. */
export const HAS_LOOP_DEVICES: boolean = await Deno.stat("/dev/loop-control").then(() => true, () => false);

const SIZE = "64M";

/** Mounts a disk of 64 MB as the home of `name`: an image of ext4, or memory where there are no loop devices. */
export async function smallDisk(root: MachineUser, name: string): Promise<void> {
  if (!HAS_LOOP_DEVICES) console.log("No loop devices here: the small disk is a tmpfs");
  const mount = HAS_LOOP_DEVICES
    ? `truncate --size ${SIZE} /opt/disk && mkfs.ext4 -q /opt/disk && device=$(losetup --find) &&
      { test -e "$device" || mknod "$device" b 7 "\${device#/dev/loop}"; } && mount -o loop /opt/disk`
    : `mount -t tmpfs -o size=${SIZE} tmpfs`;
  await sh(root, `mkdir /home/${name} && ${mount} /home/${name} && chmod 777 /home/${name}`);
}
