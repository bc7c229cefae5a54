import { defineRule } from '../../core/rule.ts';
import { packageCallsIn, type PlacedCall, titleOf } from '../../dockerfile/package-runs.ts';
import type { DockerfileSubject } from '../subject.ts';

export const preferAptGet = defineRule<DockerfileSubject, PlacedCall>({
  id: 'dockerfile/prefer-apt-get',
  meta: {
    summary: 'Call apt-get in scripts, not apt.',
    why: '`apt` is made for people at a terminal: what it prints and how it is called may change from one release to the next, as it says itself in each build: “apt does not have a stable CLI interface. Use with caution in scripts”.',
    fix: 'Writes `apt-get`; for `apt upgrade`, which installs new packages where it has to, with `--with-new-pkgs`. What `apt-get` cannot do, such as `apt list`, is left to you, and reported in stricter presets only: `apt-cache` and `dpkg-query` are made for it.',
    off: 'Where somebody prefers the shorter word, and looks after what changes.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3027',
      'checkov:CKV_DOCKER_9',
      'kics:b84a0b47-2e99-4c9f-8933-98bcabe2b94d',
      'kics:run_using_apt',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN apt update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\nUSER nobody\n',
    ],
  },

  *check({ model, settings }) {
    for (const call of packageCallsIn(model, /\bapt\b/)) {
      if (call.name !== 'apt') continue;
      const isSame = SAME.test(call.verb.text);
      if (!isSame && settings.preset === 'recommended') continue;
      const instead = isSame ? `apt-get ${call.verb.text}` : 'apt-get, apt-cache or dpkg-query';
      yield {
        span: call.program,
        data: call,
        message: `“${titleOf(call)}” is made for people at a terminal, and may change with each release. Call ${instead}.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { program, verb } }, { model: { text } }) => {
      // In quotes, or with a backslash in it, it stays.
      if (!SAME.test(verb.text) || text.slice(program.end - 3, program.end) !== 'apt')
        return undefined;
      const end = { start: verb.end, end: verb.end };
      return {
        title: 'Call apt-get',
        edits: [
          { span: { start: program.end, end: program.end }, newText: '-get' },
          ...(verb.text === 'upgrade' ? [{ span: end, newText: ' --with-new-pkgs' }] : []),
        ],
      };
    },
  },
});

/** Both programs do the same here. */
const SAME = /^(install|reinstall|update|upgrade|remove|purge|autoremove|clean|autoclean)$/;
