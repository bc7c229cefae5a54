import { textOf } from '../../compose/model.ts';
import { writtenAt } from '../../compose/written.ts';
import type { Scalar } from '../../compose/value.ts';
import { nearest } from '../../core/nearest.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly scalar: Scalar;
  readonly near: string | undefined;
}

export const noUnknownBuildTarget = defineRule<ServiceSubject, Data>({
  id: 'compose/no-unknown-build-target',
  meta: {
    summary: 'Build a stage that the Dockerfile has.',
    why: 'A build whose target is no stage of the Dockerfile fails, and often only where nobody looks: in CI, or on the day of the release.',
    fix: 'Writes the stage whose name is nearest.',
    off: 'Never, unless another Dockerfile is put in place before the build.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ find, context }) {
    const entry = find('build', 'target');
    const target = textOf(entry);
    const { dockerfile } = context ?? {};
    if (target === undefined || target === '' || !dockerfile || /^\d+$/.test(target)) return;
    if (entry?.value.kind !== 'scalar' || dockerfile.stages.length === 0) return;
    const names = dockerfile.stages.flatMap(({ name }) => name ?? []);
    if (names.includes(target.toLowerCase())) return;
    const near = nearest(target, names);
    const { span, source } = entry.value;
    yield {
      span,
      source,
      data: { scalar: entry.value, near },
      message: `The Dockerfile has no stage ${target}, so the build fails. ${adviceFor(near, names)}`,
    };
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { scalar, near } }, { source }) => {
      const span = writtenAt(scalar, { start: 0, end: (scalar.template ?? scalar.text).length });
      if (near === undefined || !span || scalar.template !== undefined) return undefined;
      if (scalar.source !== source) return undefined;
      return { title: `Build ${near}`, edits: [{ span, newText: near }] };
    },
  },
});

function adviceFor(near: string | undefined, names: readonly string[]): string {
  if (near !== undefined) return `Did you mean ${near}?`;
  return names.length === 0
    ? 'None of its stages has a name: write FROM … AS name.'
    : `It has ${names.join(', ')}.`;
}
