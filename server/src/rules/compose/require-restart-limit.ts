import { isOwn, textOf } from '../../compose/model.ts';
import type { Entry, Scalar } from '../../compose/value.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireRestartLimit = defineRule<ServiceSubject, Scalar>({
  id: 'compose/require-restart-limit',
  meta: {
    summary: 'Say how often a service is started anew after a failure.',
    why: 'With `on-failure` alone a service that can never start is started for ever, with the load and the logs of each start. With a number it stays down at last, and somebody sees it.',
    fix: 'Turns `on-failure` into `on-failure:5`. The service then stays down after the fifth failure in a row, until somebody starts it.',
    off: 'Where a service has to come back by itself, however long what it waits for is away.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'kics:2fc99041-ddad-49d5-853f-e35e70a48391',
      'kics:restart_policy_on_failure_not_set_to_5',
    ],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n    restart: on-failure\n'],
  },

  *check({ name, find }) {
    const endless = endlessOf(find('restart')) ?? endlessOf(find('deploy', 'restart_policy'));
    if (!endless) return;
    const { span, source } = endless;
    yield {
      span,
      source,
      data: endless,
      message: `Service ${name} is started anew for ever, even if it can never start. Say how often, as on-failure:5 or by max_attempts.`,
    };
  },

  fix: {
    // After the last attempt it stays down, which somebody has to want.
    safety: 'unsafe',
    build: ({ data: scalar }, { name, map, find, source }) => {
      const restart = find('restart');
      if (!map || restart?.value !== scalar || !isOwn(restart, source)) return undefined;
      if (scalar.source !== source || scalar.style === 'block') return undefined;
      const quote = scalar.style === 'double' ? '"' : scalar.style === 'single' ? "'" : '';
      return {
        title: `Start ${name} anew five times at most`,
        edits: [{ span: scalar.span, newText: `${quote}on-failure:5${quote}` }],
        answer: `See to it that somebody notices when ${name} stays down after five failures.`,
      };
    },
  },
});

/** The value that says `on-failure` without a number, in `restart` or in `deploy`. */
function endlessOf(entry: Entry | undefined): Scalar | undefined {
  if (entry?.value.kind !== 'map') return onFailure(entry);
  return entry.value.get('max_attempts') ? undefined : onFailure(entry.value.get('condition'));
}

function onFailure(entry: Entry | undefined): Scalar | undefined {
  const isMeant = /^on-failure(:0)?$/.test(textOf(entry) ?? '');
  return isMeant && entry?.value.kind === 'scalar' ? entry.value : undefined;
}
