/** Where the nodes of the `yaml` package stand. */
import {
  isCollection,
  isNode,
  isPair,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from '../core/span.ts';

/** From the first to behind the last character of content: block collections end where their last item does. */
export function spanOf(node: Node): Span {
  const [start = 0, end = 0] = node.range ?? [];
  return { start, end: isCollection(node) && node.flow !== true ? endOfBlock(node, start) : end };
}

function endOfBlock(node: YAMLMap | YAMLSeq, start: number): number {
  const last: unknown = node.items.at(-1);
  if (isPair(last)) {
    const { key, value } = last as Pair<Node, Node | null>;
    return value && !isEmpty(value) ? spanOf(value).end : spanOf(key).end;
  }
  return isNode(last) ? spanOf(last).end : start;
}

/** A value that is not written has a place, but one that may lie behind comments. */
export function isEmpty(node: Node): boolean {
  const [start = 0, end = 0] = node.range ?? [];
  return start === end;
}
