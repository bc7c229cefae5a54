import type { Edit } from '../../core/edit.ts';
import { defineRule } from '../../core/rule.ts';
import {
  isRemovedLater,
  isUnder,
  packageCallsIn,
  type PlacedCall,
  spanOf,
} from '../../dockerfile/package-runs.ts';
import { hasOption } from '../../dockerfile/packages.ts';
import { mountsOver } from '../../dockerfile/runs.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noApkCache = defineRule<DockerfileSubject, PlacedCall>({
  id: 'dockerfile/no-apk-cache',
  meta: {
    summary: 'Tell apk to keep no cache.',
    why: 'Without `--no-cache` apk keeps its index of packages in the image, where nobody needs it, or uses one from an old layer, whose packages are no longer there to be had.',
    fix: 'Adds `--no-cache`, in place of `--update` or `-U` where that stands there: it loads the index anew, too.',
    off: 'Where `/var/cache/apk` is removed in a way that cannot be seen in the Dockerfile.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3019',
      'trivy:DS-0025',
      'kics:ae9c56a6-3ed1-4ac0-9b54-31267f51151d',
      'kics:apk_add_using_local_cache_path',
    ],
    examples: ['FROM alpine:3.20.3\nRUN apk add --update tini\nUSER nobody\n'],
  },

  *check({ model, final, settings }) {
    for (const call of packageCallsIn(model, /\bapk\b/)) {
      if (call.manager !== 'apk' || call.does !== 'install' || isWithoutCache(call)) continue;
      // What is left in a stage that only builds is in no image.
      if (settings.preset === 'recommended' && !isUnder(final.stage, call.stage)) continue;
      yield {
        span: spanOf(call),
        data: call,
        message:
          '“apk add” keeps its index of packages in the image, where nobody needs it. Add --no-cache.',
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: call }) => ({ title: 'Add --no-cache', edits: editsFor(call) }),
  },
});

const FOLDER = /^\/(var(\/cache(\/apk)?)?|etc(\/apk(\/cache)?)?)\/?$/;

function isWithoutCache(call: PlacedCall): boolean {
  return (
    // In another root lies another image, mostly; and another folder for the cache is there for a reason.
    hasOption(call, undefined, 'no-cache', 'root', 'cache-dir') ||
    call.options.some(({ text }) => text === '-p') ||
    mountsOver(call.run.instruction, FOLDER) ||
    isRemovedLater(call, /\/var\/cache(\/?([ *{]|$)|\/apk)|\/etc\/apk\/cache/)
  );
}

function editsFor({ command: { words }, verb }: PlacedCall): readonly Edit[] {
  const updates = words.flatMap((word, index) =>
    /^(-U|--update|--update-cache)$/.test(word.text) ? [{ word, before: words[index - 1] }] : [],
  );
  const [first, ...others] = updates;
  if (!first) return [{ span: { start: verb.end, end: verb.end }, newText: ' --no-cache' }];
  const { start, end } = first.word;
  return [
    { span: { start, end }, newText: '--no-cache' },
    ...others.map(({ word, before }) => ({
      span: { start: before?.end ?? word.start, end: word.end },
      newText: '',
    })),
  ];
}
