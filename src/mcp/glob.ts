import { compilePattern, type Pattern } from "./linear_pattern.ts";

const MAX_CHARACTERS = 200;

/**
 * A glob as in `.gitignore`, matched against a path relative to where it stands. `*` and `?` stay in one folder,
 * `**` does not; `[a-z]`, `[!a]`, and `{a,b}` where `braces`. Without a slash it is a name in any folder.
 */
export function compileGlob(glob: string, braces = true): Pattern | { readonly wrong: string } {
  if (glob.length > MAX_CHARACTERS) {
    return { wrong: `it has ${glob.length} characters, at most ${MAX_CHARACTERS}` };
  }
  const anchored = glob.replace(/\/$/, "").includes("/");
  const body = glob.replace(/^\//, "");
  const parts = body.match(/\*\*\/|\/\*\*$|\*+|\\.|\[[!^]?\]?[^\]]*\]|[\s\S]/gu) ?? [];
  if (parts.some((part) => part === "[")) return { wrong: "a [ has no ]" };
  let open = 0;
  const translated = parts.map((part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "/**") return "/.*";
    if (/^\*+$/.test(part)) return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 2 && part.startsWith("[")) return characterClass(part);
    if (part.length > 1 && part.startsWith("\\")) return literal(part.slice(1));
    if (braces && part === "{" && ++open) return "(?:";
    if (braces && part === "}" && open > 0 && open--) return ")";
    if (part === "," && open > 0) return "|";
    return literal(part);
  }).join("");
  if (open > 0) return { wrong: "a { has no }" };
  return compilePattern(`(?s)${anchored ? "^" : "(?:^|/)"}${translated}$`);
}

function characterClass(part: string): string {
  const negated = /^\[[!^]/.test(part);
  const members = part.slice(negated ? 2 : 1, -1).replace(/[\\\][^&]/g, "\\$&");
  return negated ? `[^/${members}]` : `[${members}]`;
}

function literal(character: string): string {
  return character.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
