/** What the nodes of the `yaml` package say of themselves. */
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar as YamlScalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Scalar, Tag } from './value.ts';

/** The nodes that each anchor of a document is set on, in the order of the text. */
export function anchorsOf(document: Document.Parsed): ReadonlyMap<string, readonly Node[]> {
  const anchors = new Map<string, Node[]>();
  const visit = (node: unknown): void => {
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.anchor !== undefined) {
        const known = anchors.get(node.anchor);
        if (known) known.push(node);
        else anchors.set(node.anchor, [node]);
      }
    }
    if (isSeq(node)) node.items.forEach(visit);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(document.contents);
  return anchors;
}

/** Only a plain `<<` merges; in quotes it is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

const styles: Readonly<Record<string, Scalar['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

/** How a scalar is written that is written at all. */
export function styleOf({ type = 'PLAIN' }: YamlScalar): Scalar['style'] {
  return styles[type] ?? 'plain';
}

/** What stands before a node, and how it is written. */
export function marksOf(node: YamlScalar | YAMLMap | YAMLSeq): {
  readonly flow: boolean;
  readonly tag: Tag | undefined;
  readonly anchor: string | undefined;
} {
  const tag = node.tag === '!reset' ? 'reset' : node.tag === '!override' ? 'override' : undefined;
  return { flow: isCollection(node) && node.flow === true, tag, anchor: node.anchor };
}
