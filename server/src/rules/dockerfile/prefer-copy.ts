import { defineRule } from '../../core/rule.ts';
import { copyOf } from '../../dockerfile/copies.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import type { DockerfileSubject } from '../subject.ts';

export const preferCopy = defineRule<DockerfileSubject, Instruction>({
  id: 'dockerfile/prefer-copy',
  meta: {
    summary: 'Write COPY where files are only copied.',
    why: 'ADD does more than its readers think: it fetches what looks like an address and unpacks whatever turns out to be an archive, so the same line does something else once a file is replaced. COPY only copies.',
    fix: 'Writes COPY. Sources that may be archives or addresses are left alone.',
    off: 'Where files without the ending of an archive are archives, and ADD is to unpack them. Wildcards that may stand for archives are reported in the `all` preset only.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3020',
      'trivy:DS-0005',
      'checkov:CKV_DOCKER_4',
      'kics:9513a694-aa0d-41d8-be61-3271e056f36b',
      'kics:add_instead_of_copy',
    ],
    examples: ['FROM node:22.11-slim\nADD server.js /app/\n'],
  },

  *check({ model, settings }) {
    for (const written of model.instructions) {
      const instruction = written.trigger ?? written;
      if (instruction.keyword !== 'ADD' || !onlyCopies(instruction)) continue;
      if (settings.preset !== 'all' && hasOpenWildcard(instruction)) continue;
      yield {
        span: instruction.keywordSpan,
        data: instruction,
        message:
          'This ADD only copies, but fetches addresses and unpacks archives as soon as its sources are any. Write COPY, which never does.',
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ span, data: instruction }, { model: { text } }) => {
      if (hasOpenWildcard(instruction)) return undefined;
      const newText = text.slice(span.start, span.end) === 'add' ? 'copy' : 'COPY';
      return { title: 'Write COPY', edits: [{ span, newText }] };
    },
  },
});

const ADD_ONLY = /^(checksum|keep-git-dir|unpack)$/i;
const ADDRESS = /^([a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:|github\.com\/)/i;
const ARCHIVE = /\.(tar|gz|tgz|taz|tpz|tz|z|bz2|tbz|tbz2|tb2|xz|txz|lzma|lz|tlz|lzo|zst|tzst)$/i;

function onlyCopies(add: Instruction): boolean {
  const sources = copyOf(add)?.sources ?? [];
  return (
    sources.length > 0 &&
    !add.flags.some(({ name }) => ADD_ONLY.test(name)) &&
    !sources.some(({ text }) => ADDRESS.test(text) || ARCHIVE.test(text) || text.includes('$'))
  );
}

/** `dist/*` may stand for archives; `*.js` does not. */
const hasOpenWildcard = (add: Instruction): boolean =>
  (copyOf(add)?.sources ?? []).some(
    ({ text }) => !text.startsWith('<<') && /[*?\]][^.]*$|[*?[][^/]*\.[^/]*[*?[\]]/.test(text),
  );
