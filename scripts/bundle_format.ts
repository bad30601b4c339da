/**
 * What makes one file of the program start fast.
 *
 * esbuild lifts `import … from "node:fs"` to the top of an ES module, out of the function that imports lazily;
 * loading Deno's node modules then costs every command 30 ms. In its CommonJS form each `require` stays where it
 * is needed. So we bundle to CommonJS and give that text what it misses, as an ES module.
 *
 * @module
 */

const PRELUDE = `const module = { exports: {} };
function require(name) {
  const found = process.getBuiltinModule(name);
  if (found === undefined) throw new Error(\`Cannot find module "\${name}"\`);
  return found;
}
`;

/** esbuild's stand-in for `import.meta`, which CommonJS does not have. */
const EMPTY_META = /^var (import_meta\d*) = \{\};$/gm;

/** Where this machine keeps its packages, in the names that esbuild gives to modules: the same file must come of the same source anywhere. */
const PACKAGE_FOLDER = /^( {2}")[^"\n]*\/npm\/[^"/\n]+\/(?=[^"\n]*"\()/gm;

/** esbuild's CommonJS output as an ES module, with `import.meta` whole and node's modules still lazy. */
export function asEsModule(commonJs: string): string {
  return PRELUDE + commonJs
    .replace(EMPTY_META, "var $1 = import.meta;")
    .replace(PACKAGE_FOLDER, "$1npm/");
}
