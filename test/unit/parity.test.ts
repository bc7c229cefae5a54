/** Which of the rules of other tools we have: docs/parity.md says so for each, and why not where we have none. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'vitest';
import { allRules } from '../../server/src/rules/registry.ts';
import { expectFile } from './expect-file.ts';

/** Tools of which no rule may be missing without a reason. */
const WHOLE = ['hadolint', 'buildkit'];

interface ForeignRule {
  readonly tool: string;
  readonly id: string;
}

const foreign: readonly ForeignRule[] = readFileSync('test/parity/foreign-rules.tsv', 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [tool = '', id = ''] = line.split('\t');
    return { tool, id };
  });

const reasons = JSON.parse(readFileSync('test/parity/reasons.json', 'utf8')) as Readonly<
  Record<string, string>
>;

const nameOf = ({ tool, id }: ForeignRule): string => `${tool}:${id}`;

const oursFor = (rule: ForeignRule): readonly string[] =>
  [
    ...new Set(
      allRules
        .filter(({ meta }) =>
          meta.aliases.some((alias) => alias.toLowerCase() === nameOf(rule).toLowerCase()),
        )
        .map(({ id }) => id),
    ),
  ].sort();

const linked = (id: string): string => `[\`${id}\`](rules/${id}.md)`;

function tableOf(tool: string): string {
  const rows = foreign
    .filter((rule) => rule.tool === tool)
    .map((rule) => {
      const ours = oursFor(rule);
      const said = ours.length > 0 ? ours.map(linked).join(', ') : (reasons[nameOf(rule)] ?? '');
      return `| ${rule.id} | ${said} |`;
    });
  return [
    `## ${tool}`,
    '',
    '| rule | ours, or why there is none |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function page(): string {
  const others = [...new Set(foreign.map(({ tool }) => tool))].filter(
    (one) => !WHOLE.includes(one),
  );
  const counts = others.map((tool) => {
    const rules = foreign.filter((rule) => rule.tool === tool);
    const had = rules.filter((rule) => oursFor(rule).length > 0).length;
    return `| ${tool} | ${had} of ${rules.length} |`;
  });
  return [
    '# Rules of other tools, and ours',
    '',
    'Our rules answer to the names that others gave them: in `--rule`, in `.dockwright.yaml`, and in ignore comments.',
    'This page is written by a test, from the names that each rule has.',
    '',
    ...WHOLE.map(tableOf),
    '## Other tools',
    '',
    'How many of the rules that we know of have one of ours; the others were not all looked at yet.',
    '',
    '| tool | rules |',
    '| --- | --- |',
    ...counts,
    '',
  ].join('\n');
}

describe('rules of other tools', () => {
  test.each(WHOLE)('none of %s is missing without a reason', (tool) => {
    const silent = foreign
      .filter((rule) => rule.tool === tool && oursFor(rule).length === 0)
      .map(nameOf)
      .filter((name) => !(name in reasons));
    assert.deepEqual(silent, []);
  });

  test('no reason is given for what is there', () => {
    const known = new Map(foreign.map((rule) => [nameOf(rule), rule]));
    for (const name of Object.keys(reasons)) {
      const rule = known.get(name);
      assert.ok(rule, `${name} is a rule of that tool`);
      assert.deepEqual(oursFor(rule), [], name);
    }
  });

  test('have a page', () => {
    expectFile('docs/parity.md', page());
  });
});
