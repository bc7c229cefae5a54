import { defineRule } from '../../core/rule.ts';
import type { DotenvSubject } from '../subject.ts';

export const noBrokenProjectSetting = defineRule<DotenvSubject, undefined>({
  id: 'dotenv/no-broken-project-setting',
  meta: {
    summary: 'Name the project and its files so that Compose can follow.',
    why: 'COMPOSE_FILE and COMPOSE_PROJECT_NAME in .env count for the whole project: with a file that is not there, or a name that Compose does not allow, every command on it fails.',
    fix: 'Nothing: which file or name was meant is not known.',
    off: 'Where the files that it names are made before Compose is called.',
    severity: 'error',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ refusals }) {
    for (const { message, span } of refusals()) yield { span, data: undefined, message };
  },
});
