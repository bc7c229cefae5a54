import { defineRule } from '../../core/rule.ts';
import { roleTitles, type Role } from '../../roles/role.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireOpenFilesLimit = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-open-files-limit',
  meta: {
    summary: 'Say how many files a program with many connections may open.',
    why: 'Without `ulimits` the number comes from the engine and differs from host to host: 1024 on one, where a database refuses connections, and a billion on another, where older programs take minutes and gigabytes to start.',
    fix: 'Nothing: the documentation of each program names its number. `ulimits: {nofile: {soft: 65536, hard: 65536}}` is what most of them ask for.',
    off: 'Where all hosts have the same engine with the same `default-ulimits`.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: ['cis:5.19'],
    examples: ['services:\n  search:\n    image: elasticsearch:8.16.1\n'],
  },

  *check({ name, nameSpan, complete, find, role }) {
    if (!complete || !MANY_FILES.has(role) || find('ulimits')) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `Service ${name} is ${roleTitles[role]}, and how many files it may open differs from host to host. Set nofile under ulimits.`,
    };
  },
});

const MANY_FILES: ReadonlySet<Role> = new Set(['database', 'search', 'queue', 'web']);
