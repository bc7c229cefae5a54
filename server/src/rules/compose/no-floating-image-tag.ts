import { isFloating, parseImage } from '../../compose/image.ts';
import type { Image } from '../../compose/model.ts';
import { partsOf } from '../../core/interpolate.ts';
import { defineRule } from '../../core/rule.ts';
import type { Edit } from '../../core/edit.ts';
import type { ComposeSubject } from '../subject.ts';

interface Data {
  readonly image: Image;
  readonly reference: string;
}

export const noFloatingImageTag = defineRule<ComposeSubject, Data>({
  id: 'compose/no-floating-image-tag',
  meta: {
    summary: 'Name the version of every image.',
    why: '`latest` and its kind name whatever was pushed last: two hosts run different programs, a pull is an upgrade nobody decided on, and there is no way back.',
    fix: 'Puts a required variable in the place of the tag, such as `${REDIS_VERSION:?…}`. Compose then refuses to start until somebody says which version was tested; no version is invented.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['dclint:service-image-require-explicit-tag'],
    examples: [
      'services:\n  cache:\n    image: redis:latest\n',
      'services:\n  cache:\n    image: redis\n',
    ],
  },

  *check({ services }) {
    for (const { name, image, build } of services) {
      // With a build, the image is the name that the result gets.
      if (!image || build || image.reference === undefined || image.reference === '') continue;
      const parsed = parseImage(image.reference);
      if (!isFloating(parsed)) continue;
      const what =
        parsed.tag === undefined
          ? 'has no tag, which means latest'
          : `floats on the tag ${parsed.tag}`;
      yield {
        span: image.scalar.span,
        service: name,
        data: { image, reference: image.reference },
        message: `The image ${parsed.repository} ${what}, so it can change under you. Name the version that you tested, or its digest.`,
      };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { image, reference } }, { file: { text } }) => {
      const { name } = parseImage(reference);
      const variable = `${name.replace(/[^a-z0-9]+/gi, '_').toUpperCase()}_VERSION`;
      const edit = requireVersion(text, image, variable);
      if (!edit) return undefined;
      const asked = edit.variable;
      return {
        title: `Require ${asked} in place of the floating tag`,
        edits: [edit.edit],
        answer: `Set ${asked} in .env to the version of ${name} that you tested.`,
      };
    },
  },
});

/** A tag that a variable's default gives becomes a required variable; a written one, or none, a new variable. */
function requireVersion(
  text: string,
  { scalar }: Image,
  variable: string,
): { edit: Edit; variable: string } | undefined {
  const { start, end } = scalar.span;
  const quotes = scalar.style === 'plain' ? 0 : 1;
  if (scalar.style === 'block' || text.slice(start + quotes, end - quotes) !== scalar.text)
    return undefined;
  const written = scalar.text;
  const last = partsOf(written).at(-1);
  if (last?.kind === 'variable') {
    if (!/^:?-$/.test(last.operator)) return undefined;
    const span = { start: start + quotes + last.tail.start, end: start + quotes + last.tail.end };
    return {
      edit: { span, newText: ':?set it to the version that you tested' },
      variable: last.name,
    };
  }
  const { tag } = parseImage(written);
  const at = start + quotes + written.length - (tag === undefined ? 0 : tag.length + 1);
  const newText = `:\${${variable}:?set it to the version that you tested}`;
  return { edit: { span: { start: at, end: end - quotes }, newText }, variable };
}
