/** Files and folders under the home folder that hold credentials, each with whose. */
const CREDENTIAL_PLACES: Readonly<Record<string, string>> = {
  ".aws": "AWS credentials",
  ".azure": "Azure credentials",
  ".config/doctl": "DigitalOcean credentials",
  ".config/gcloud": "Google Cloud credentials",
  ".config/gh": "GitHub credentials",
  ".config/hub": "GitHub credentials",
  ".digitalocean": "DigitalOcean credentials",
  ".docker": "Docker registry credentials",
  ".git-credentials": "Git credentials",
  ".gnupg": "GnuPG keys",
  ".kube": "Kubernetes credentials",
  ".netrc": "passwords of remote machines",
  ".npmrc": "npm credentials",
  ".pgpass": "PostgreSQL passwords",
  ".pypirc": "PyPI credentials",
  ".ssh": "SSH keys",
  ".stakpak": "Stakpak credentials",
  ".terraform.d": "Terraform credentials",
  ".vault-token": "a Vault token",
};

/** Every such place of `home`: its absolute path and what it holds. */
export function credentialPlaces(home: string): { readonly path: string; readonly holds: string }[] {
  return Object.entries(CREDENTIAL_PLACES).map(([name, holds]) => ({ path: `${home}/${name}`, holds }));
}
