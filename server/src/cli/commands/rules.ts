/** `dockwright rules`: all rules, or all about one. */
import { failed, ok, type Result } from '../../core/result.ts';
import { renderRulePage } from '../../core/rule-page.ts';
import { allRules, resolveRuleId, rulePageUrl, type RuleInfo } from '../../rules/registry.ts';
import type { Command, Given } from '../arguments.ts';
import { exitCodes, type ExitCode, type Io } from '../io.ts';
import { unknownRule } from '../options.ts';
import { fixMark } from '../format/pretty.ts';
import { paletteOf } from '../terminal.ts';

export const rules: Command = {
  name: 'rules',
  operands: '[ID]',
  mostOperands: 1,
  about: 'List the rules, or explain one; ids of other tools work too, such as hadolint:DL3002.',
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      values: ['json', 'md'],
      about: 'Write JSON or Markdown instead of text for a terminal.',
    },
  ],
  examples: [
    ['dockwright rules', 'Lists all rules.'],
    ['dockwright rules compose/require-healthcheck', 'Explains one.'],
    ['dockwright rules --format json', 'Lists all rules for a program.'],
  ],
  run,
};

function run(given: Given, io: Io): Promise<Result<ExitCode, string>> {
  const [name] = given.operands;
  const id = name === undefined ? undefined : resolveRuleId(name);
  if (name !== undefined && id === undefined) return Promise.resolve(failed(unknownRule(name)));
  const rule = allRules.find((candidate) => candidate.id === id);
  io.out(rule ? oneRule(rule, given.value('format'), io) : everyRule(given.value('format'), io));
  return Promise.resolve(ok(exitCodes.clean));
}

function oneRule(rule: RuleInfo, format: string | undefined, io: Io): string {
  if (format === 'json') return `${JSON.stringify(jsonOf(rule), undefined, 2)}\n`;
  if (format === 'md') return renderRulePage(rule);
  const { id, meta } = rule;
  const { bold, severity } = paletteOf(io.colors);
  return [
    `${bold(id)}  ${severity[meta.severity](meta.severity)}, preset ${meta.preset}, since ${meta.since}`,
    '',
    meta.summary,
    '',
    `Why: ${meta.why}`,
    '',
    `Fix: ${meta.fix}`,
    ...(meta.aliases.length === 0 ? [] : ['', `Also known as: ${meta.aliases.join(', ')}`]),
    '',
    rulePageUrl(id),
    '',
  ].join('\n');
}

function everyRule(format: string | undefined, io: Io): string {
  if (format === 'json') return `${JSON.stringify(allRules.map(jsonOf), undefined, 2)}\n`;
  if (format === 'md') return table();
  const palette = paletteOf(io.colors);
  const { bold, severity } = palette;
  const width = Math.max(...allRules.map(({ id }) => id.length));
  const lines = allRules.map(({ id, meta, safety }) => {
    const level = severity[meta.severity](meta.severity.padEnd('warning'.length));
    const mark = fixMark(safety, palette);
    return `${bold(id.padEnd(width))}  ${level}  ${[meta.summary, ...mark].join('  ')}\n`;
  });
  return lines.join('');
}

function jsonOf({ id, meta, safety }: RuleInfo): object {
  const { severity, preset, since, summary, why, fix, aliases, examples } = meta;
  const docs = rulePageUrl(id);
  const fixable = safety !== undefined;
  return { id, severity, preset, fixable, since, summary, why, fix, aliases, examples, docs };
}

function table(): string {
  const rows = allRules.map(
    ({ id, meta, safety }) =>
      `| [\`${id}\`](${rulePageUrl(id)}) | ${meta.severity} | ${meta.preset} | ${fixableCell[safety ?? 'none']} | ${cell(meta.summary)} |`,
  );
  return [
    '| rule | severity | preset | fixable | what it asks for |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const fixableCell = { safe: 'yes', unsafe: 'with `--unsafe`', none: 'no' } as const;

const cell = (text: string): string => text.replaceAll('|', '\\|');
