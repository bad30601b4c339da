import ts from "typescript";

/** One source file, as the rules see it. Lines count from 1. */
export interface SourceFile {
  /** From the checkout, with slashes: `src/probes/memory.ts`. */
  readonly path: string;
  readonly lines: number;
  /** Everything it imports: `import`, `export … from`, `import type`, `import()` and types by `import("…")`. */
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
  /** Where it says `Deno`. */
  readonly denoLines: readonly number[];
  readonly exports: readonly Export[];
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
}

export interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export interface Export {
  readonly name: string;
  /** A function, or a class with a method: something that a test can call. */
  readonly callable: boolean;
  /** The type that a constant is declared with: `Probe`. */
  readonly type?: string;
}

export function parse(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  const imports: Import[] = [];
  const functions: FunctionSize[] = [];
  const denoLines: number[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ specifier, line: lineOf(node) });
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const last = tree.getLineAndCharacterOfPosition(node.end).line + 1;
      functions.push({ name: nameOf(node), line: lineOf(node), lines: last - lineOf(node) + 1 });
    }
    if (ts.isIdentifier(node) && node.text === "Deno" && !isPropertyName(node)) denoLines.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const lines = text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
  return { path, lines, imports, functions, denoLines, exports: tree.statements.flatMap(exportsOf) };
}

function specifierOf(node: ts.Node): string | undefined {
  let named: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) named = node.moduleSpecifier;
  else if (ts.isImportTypeNode(node)) {
    named = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    named = node.arguments[0];
  }
  return named && ts.isStringLiteralLike(named) ? named.text : undefined;
}

function nameOf(node: ts.SignatureDeclaration): string {
  const holder = node.name ? node : node.parent;
  const name = "name" in holder ? holder.name as ts.Node | undefined : undefined;
  return name?.getText() ?? "a function without a name";
}

function isPropertyName(node: ts.Identifier): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && parent.name === node ||
    ts.isPropertyAssignment(parent) && parent.name === node;
}

function exportsOf(statement: ts.Statement): Export[] {
  if (!ts.canHaveModifiers(statement)) return [];
  const words = ts.getModifiers(statement)?.map(({ kind }) => kind) ?? [];
  if (!words.includes(ts.SyntaxKind.ExportKeyword) || words.includes(ts.SyntaxKind.DeclareKeyword)) return [];
  if (ts.isFunctionDeclaration(statement)) {
    return [{ name: statement.name?.text ?? "default", callable: true }];
  }
  if (ts.isClassDeclaration(statement)) {
    return [{
      name: statement.name?.text ?? "default",
      callable: statement.members.some(ts.isMethodDeclaration),
    }];
  }
  return ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(constantOf) : [];
}

function constantOf({ name, type, initializer }: ts.VariableDeclaration): Export {
  const callable = initializer !== undefined &&
    (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  return { name: name.getText(), callable, ...(type && { type: type.getText() }) };
}
