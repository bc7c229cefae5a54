import { isPrivileged } from '../../compose/isolation.ts';
import { textOf } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requirePidsLimit = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-pids-limit',
  meta: {
    summary: 'Limit how many processes a service may have.',
    why: 'A program that starts processes without end, by a mistake or an attack, takes the whole host with it: nothing else can start one, and nobody can log in to stop it.',
    fix: 'Nothing: look how many processes and threads the service has under load (`docker stats` shows them), and allow some times that.',
    off: 'Where the engine limits processes for all containers, or systemd does.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['kics:221e0658-cb2a-44e3-b08a-db96a341d6fa', 'kics:pids_limit_not_set', 'cis:5.29'],
    examples: ['services:\n  app:\n    image: shop/app:1.4\n'],
  },

  *check(service) {
    const { name, nameSpan, source, complete, find } = service;
    const limit = find('pids_limit') ?? find('deploy', 'resources', 'limits', 'pids');
    const text = textOf(limit);
    if (limit ? text !== '-1' && text !== '0' : !complete || find('provider')) return;
    if (isPrivileged(service)) return;
    const place = limit?.value ?? { source, span: nameSpan };
    yield {
      span: place.span,
      source: place.source,
      data: undefined,
      message: `Service ${name} may start processes until the host has no room for more. Set pids_limit, or pids under deploy.resources.limits.`,
    };
  },
});
