/** Draws tokens under their lines, so that a change of colours can be read in a diff. */
import type { Line, Token } from './grammars.ts';

/**
 * `> ` begins a line of the text, `| ` a token of it. A token shows its innermost scope, and before it the embedded
 * language that it is in. White space without a scope of its own is left out.
 */
export function drawTokens(lines: readonly Line[]): string {
  return lines.map(drawLine).join('');
}

function drawLine({ text, tokens }: Line): string {
  const runs = merged(tokens).filter(({ start, end }) => text.slice(start, end).trim() !== '');
  const drawn = runs.map(
    ({ start, end, label }) => `| ${' '.repeat(start)}${'^'.repeat(end - start)} ${label}\n`,
  );
  return `>${text === '' ? '' : ` ${text}`}\n${drawn.join('')}`;
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

function merged(tokens: readonly Token[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { start, end, scopes } of tokens) {
    const label = labelOf(scopes);
    const last = runs.at(-1);
    if (last?.label === label && last.end === start) runs[runs.length - 1] = { ...last, end };
    else runs.push({ start, end, label });
  }
  return runs;
}

function labelOf(scopes: readonly string[]): string {
  const innermost = scopes.at(-1) ?? '';
  const embedded = scopes.findLast((scope) => scope.startsWith('meta.embedded'));
  if (embedded === undefined || embedded === innermost) return innermost;
  const language = embedded.split('.')[3] ?? '';
  return `${language}: ${innermost}`;
}
