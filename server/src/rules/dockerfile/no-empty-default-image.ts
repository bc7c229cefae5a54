import { interpolate } from '../../core/interpolate.ts';
import { defineRule } from '../../core/rule.ts';
import {
  codeAt,
  declaredIn,
  defaultsOf,
  isKnownToFrom,
} from '../../dockerfile/global-arguments.ts';
import { variablesIn } from '../../dockerfile/variables.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noEmptyDefaultImage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-empty-default-image',
  meta: {
    summary: 'Give the variables of FROM defaults that name an image.',
    why: 'With `ARG BASE` and `FROM $BASE` a plain `docker build .` stops before it starts, and so do all tools that read the file without knowing what the build is given: scanners, editors, programs that propose updates.',
    fix: 'Nothing: only you know which image was tested. Write it behind ARG, as in `ARG BASE=debian:12.7-slim`.',
    off: 'Where the build shall stop on purpose if nobody says which image it starts from.',
    severity: 'warning',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['buildkit:InvalidDefaultArgInFrom'],
    examples: ['ARG BASE\nFROM $BASE\nUSER nobody\n', 'ARG TAG\nFROM alpine:$TAG\nUSER nobody\n'],
  },

  *check({ model }) {
    const declared = declaredIn(model.preamble);
    const defaults = defaultsOf(model);
    for (const { image } of model.stages) {
      if (!image?.text.includes('$')) continue;
      const names = new Set(variablesIn(codeAt(model, image.span)).map(({ name }) => name));
      const others = [...names].filter((name) => !declared.has(name));
      // What is declared nowhere is the matter of another rule, and the platform is always known.
      if (others.length === names.size || !others.every(isKnownToFrom)) continue;
      const filled = interpolate(image.text, (name) => defaults.get(name));
      if (!filled || filled.problems.length > 0 || isImage(filled.text)) continue;
      const own = [...names].filter((name) => declared.has(name)).join(' and ');
      yield {
        span: image.span,
        data: undefined,
        message: `Without build arguments this is ${filled.text === '' ? 'empty' : `“${filled.text}”`}, which names no image, so a plain build stops here. Give ${own} a default above the first FROM that makes it the name of one.`,
      };
    }
  },
});

const REGISTRY = /^(?:[a-z\d][a-z\d.-]*|\[[a-f\d:]+\])(?::\d+)?\//i;
const PATH = /^[a-z\d]+(?:(?:\.|__?|-+)[a-z\d]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z][\w+.-]*:[a-f\d]{32,}$/i;

/** As Docker reads references: a registry with or without a port, a path in lower case, a tag, a digest. */
function isImage(reference: string): boolean {
  const [named = '', ...digest] = reference.split('@');
  const registry = REGISTRY.exec(named)?.[0] ?? '';
  const [path = '', ...tag] = named.slice(registry.length).split(':');
  return (
    path.split('/').every((part) => PATH.test(part)) &&
    tag.length <= 1 &&
    tag.every((text) => TAG.test(text)) &&
    digest.length <= 1 &&
    digest.every((text) => DIGEST.test(text))
  );
}
