/** A way in which a secret may be written. */
export interface ValueForm {
  readonly text: string;
  /** Whether the character before, behind it holds a part of the secret, too. */
  readonly growsLeft?: true;
  readonly growsRight?: true;
}

/** `value` as it is, and in base64 at each of the three alignments, in URLs, in JSON, in shell and YAML quotes, in hex. */
export function formsOf(value: string): ValueForm[] {
  const text = value.toWellFormed();
  const bytes = new TextEncoder().encode(text);
  const hex = bytes.toHex();
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  const forms: ValueForm[] = [
    value,
    json,
    json.replaceAll("/", "\\/"),
    url,
    url.replaceAll("%20", "+"),
    url.replace(/%../g, (code) => code.toLowerCase()),
    encodeURI(text),
    text.replaceAll("'", "''"),
    text.replaceAll("'", "'\\''"),
    hex,
    hex.toUpperCase(),
  ].map((text) => ({ text }));
  for (const alignment of [0, 1, 2] as const) forms.push(...base64At(alignment, bytes));
  return [...new Map(forms.map((form) => [form.text, form])).values()];
}

/** The characters that are the same whatever stands around, when `alignment` bytes stand before. */
function base64At(alignment: 0 | 1 | 2, bytes: Uint8Array): ValueForm[] {
  const shifted = new Uint8Array(alignment + bytes.length);
  shifted.set(bytes, alignment);
  const first = Math.ceil(alignment * 8 / 6);
  const last = Math.floor(shifted.length * 8 / 6);
  const grows = {
    ...(alignment > 0 ? { growsLeft: true as const } : {}),
    ...(shifted.length % 3 > 0 ? { growsRight: true as const } : {}),
  };
  return (["base64", "base64url"] as const).map((alphabet) => ({
    text: shifted.toBase64({ alphabet, omitPadding: true }).slice(first, last),
    ...grows,
  }));
}
