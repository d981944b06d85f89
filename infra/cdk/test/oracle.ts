import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";

export type Tree = Record<string, unknown>;

export const checkout = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** SAM's template, read in another way than the construct does: node by node, so that neither vouches for itself. */
export function samTemplate(): Record<string, Tree> {
  read ??= readSamTemplate();
  return structuredClone(read);
}

let read: Record<string, Tree> | undefined;

function readSamTemplate(): Record<string, Tree> {
  const document: Document = parseDocument(readFileSync(checkout("infra/sam/template.yaml"), "utf8"), {
    logLevel: "silent",
  });
  return plain(document.contents as Node) as Record<string, Tree>;
}

function plain(node: Node | null): unknown {
  const name = node?.tag?.match(/^!(\w+)$/)?.[1];
  const value = untagged(node);
  if (name === undefined) return value;
  if (name === "Ref" || name === "Condition") return { [name]: value };
  if (name === "GetAtt" && typeof value === "string") return { "Fn::GetAtt": value.split(/\.(.*)/s, 2) };
  return { [`Fn::${name}`]: value };
}

function untagged(node: Node | null): unknown {
  if (isMap<Node, Node>(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [String(key), plain(value)]));
  }
  if (isSeq<Node>(node)) return node.items.map(plain);
  return isScalar(node) ? node.value : undefined;
}

export type Difference = { readonly path: string; readonly sam: unknown; readonly cdk: unknown };

/** Every place where two trees part. */
export function differences(sam: unknown, cdk: unknown, path = ""): readonly Difference[] {
  if (sam === cdk) return [];
  if (!isTree(sam) || !isTree(cdk) || Array.isArray(sam) !== Array.isArray(cdk)) return [{ path, sam, cdk }];
  const keys = new Set([...Object.keys(sam), ...Object.keys(cdk)]);
  return [...keys].flatMap((key) => differences(sam[key], cdk[key], path === "" ? key : `${path}.${key}`));
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}
