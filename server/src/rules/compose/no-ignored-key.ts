import type { Attached } from '../../compose/facts/ignored.ts';
import { descend } from '../../compose/model.ts';
import { defineRule } from '../../core/rule.ts';
import { isForSwarm } from '../../project/swarm.ts';
import type { ProjectSubject } from '../subject.ts';

export const noIgnoredKey = defineRule<ProjectSubject, undefined>({
  id: 'compose/no-ignored-key',
  meta: {
    summary: 'Leave out what Compose ignores.',
    why: 'What is written and does nothing is believed: an update that is rolled out slowly, a secret that only one account may read, a port that is published.',
    fix: 'Nothing: what was meant to happen has to be reached in another way.',
    off: 'Where the same file is also deployed to a Swarm, which reads these keys. Files that are plainly for Swarm alone are not reported.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [
      'services:\n  web:\n    image: nginx:1.27\n    restart: always\n    deploy:\n      update_config:\n        parallelism: 1\n',
      'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    ports: ["8080:80"]\n',
    ],
  },

  *check({ index, project }) {
    let swarm: boolean | undefined;
    const isFile = ({ section, name }: Attached): boolean =>
      fileOf(project.merged[section].get(name)?.value) !== undefined;
    for (const { name, facts } of index.withIgnored) {
      for (const { place, message, swarmOnly, attached } of facts.ignored()) {
        if (swarmOnly && (swarm ??= isForSwarm(project))) continue;
        if (attached && !isFile(attached)) continue;
        yield { ...place, service: name, data: undefined, message };
      }
    }
  },
});

function fileOf(value: Parameters<typeof descend>[0] | undefined): unknown {
  return value && descend(value, ['file']);
}
