/** A rule's page, made from the rule: it cannot say anything else than what the code does. */
import type { Safety } from './edit.ts';
import type { RuleMeta } from './rule.ts';

/** Markdown, one sentence a line. */
const FIXES = {
  safe: 'Has a safe fix: `docker compose config` differs only by what is added.',
  unsafe: 'Has a fix that needs you afterwards (`--unsafe`).',
  none: 'Has no fix.',
} as const;

export function renderRulePage({
  id,
  meta,
  safety,
}: {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly safety: Safety | undefined;
}): string {
  const language = id.startsWith('dockerfile/') ? 'dockerfile' : 'yaml';
  const also =
    meta.aliases.length === 0
      ? []
      : ['## Also known as', '', ...meta.aliases.map((alias) => `- \`${alias}\``), ''];
  const off =
    meta.off === undefined ? [] : ['## When to switch it off', '', sentences(meta.off), ''];
  const examples = meta.examples.flatMap((example) => [
    `\`\`\`${language}`,
    example.replace(/\n$/, ''),
    '```',
    '',
  ]);
  return [
    `# ${id}`,
    '',
    sentences(meta.summary),
    '',
    `Severity: ${meta.severity}.`,
    `Preset: ${meta.preset}.`,
    `Since: ${meta.since}.`,
    FIXES[safety ?? 'none'],
    '',
    '## Why',
    '',
    sentences(meta.why),
    '',
    '## What the fix does',
    '',
    sentences(meta.fix),
    '',
    ...(examples.length === 0 ? [] : ['## Reported', '', ...examples]),
    ...off,
    ...also,
    '## How to ignore it',
    '',
    `Write \`# dockwright ignore=${id} -- <reason>\` above the line, or \`# dockwright ignore-file=${id} -- <reason>\` anywhere in the file.`,
    `In \`.dockwright.yaml\`, \`rules: {${id}: off}\` switches it off.`,
    '',
  ].join('\n');
}

const sentences = (text: string): string => text.replace(/([.!?]) (?=[A-Z`])/g, '$1\n');
