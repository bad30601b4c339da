import type { MachineUser } from "./machine_user.ts";
import { sh } from "./sh.ts";

/** An empty image for a machine that hardly anybody has, in the host's daemon until it is disposed. */
export async function foreignImage(
  root: Pick<MachineUser, "name" | "run">,
  name: string,
): Promise<AsyncDisposable> {
  const manifest = [{ Config: "config.json", RepoTags: [name], Layers: ["layer.tar"] }];
  const rootfs = { type: "layers", "diff_ids": ["sha256:SUM"] };
  // Else all of them were one image, which goes with the last name while another is being made.
  const config = { architecture: "s390x", os: "linux", author: name, rootfs };
  const script = `cd "$(mktemp -d)" && tar -cf layer.tar -T /dev/null &&
    sum=$(sha256sum layer.tar | cut -c 1-64) &&
    echo '${JSON.stringify(config)}' | sed "s/SUM/$sum/" > config.json &&
    echo '${JSON.stringify(manifest)}' > manifest.json && tar -c . | docker load`;
  await sh(root, script);
  return { [Symbol.asyncDispose]: () => sh(root, `docker rmi ${name}`) };
}
