/** Variables that a service, or another part of a project, takes from an environment that does not have them. */
import { type VariablePart, variablesIn } from '../../core/interpolate.ts';
import type { Entry, Scalar, Value } from '../value.ts';

/** A variable in one text: without a value, a default, and a demand to set it. */
export interface OpenVariable {
  readonly name: string;
  readonly scalar: Scalar;
  /** Each place in the text with its variables; at least one. */
  readonly parts: readonly VariablePart[];
  /** What the text is: run in the container, put into a file there, a label, or none of these. */
  readonly kind: TextKind;
}

export type TextKind = 'command' | 'content' | 'label' | 'other';

const none: readonly OpenVariable[] = [];

export function openVariablesIn(entries: readonly Entry[]): readonly OpenVariable[] {
  const found: OpenVariable[] = [];
  for (const { key, value } of entries) collect(value, kindOf(key, 'other'), found);
  return found.length === 0 ? none : found;
}

function collect(value: Value, kind: TextKind, found: OpenVariable[]): void {
  if (value.kind === 'scalar') {
    if (value.open.length > 0) addTo(found, value, kind);
  } else if (value.kind === 'map') {
    for (const { key, value: inner } of value.entries) collect(inner, kindOf(key, kind), found);
  } else for (const item of value.items) collect(item.value, kind, found);
}

/** By the nearest key that says so: `command` counts in a hook as it does in the service. */
function kindOf(key: string, outer: TextKind): TextKind {
  switch (key) {
    case 'command':
    case 'entrypoint':
    case 'test':
      return 'command';
    case 'content':
      return 'content';
    case 'labels':
      return 'label';
    default:
      return outer;
  }
}

function addTo(found: OpenVariable[], scalar: Scalar, kind: TextKind): void {
  const parts = variablesIn(scalar.template ?? scalar.text);
  for (const name of scalar.open) {
    const own = parts.filter((part) => part.name === name && part.operator === '');
    if (own.length > 0) found.push({ name, scalar, parts: own, kind });
  }
}

/** Whether a text that is run in a container means the container's own variable. */
export function isForContainer(variable: OpenVariable, isSetThere: boolean): boolean {
  const { name, kind, parts, scalar } = variable;
  const text = scalar.template ?? scalar.text;
  const isBare = parts.every(({ span }) => text[span.start + 1] !== '{');
  if (kind === 'content') return isBare;
  if (kind === 'label') return isBare && /\$(apr1|2[aby]|[156])\$/.test(text);
  if (kind !== 'command') return false;
  return isSetThere || /^(HOSTNAME|PATH)$/.test(name) || isAssigned(name, text);
}

/** By the text itself, as shells do: `name=`, `for name in`, `read name`. */
function isAssigned(name: string, text: string): boolean {
  return new RegExp(`(^|[\\s;&|("'{])(${name}=|(for|read|export|local)( -\\w+)* ${name}\\b)`).test(
    text,
  );
}
