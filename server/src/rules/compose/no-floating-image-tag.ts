import { isFloating, parseImage } from '../../compose/image.ts';
import type { Image } from '../../compose/model.ts';
import { partsOf } from '../../core/interpolate.ts';
import { defineRule } from '../../core/rule.ts';
import type { Edit } from '../../core/edit.ts';
import type { ServiceSubject } from '../subject.ts';

interface Data {
  readonly image: Image;
  readonly reference: string;
}

export const noFloatingImageTag = defineRule<ServiceSubject, Data>({
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

  *check({ image, build }) {
    // With a build, the image is the name that the result gets.
    if (!image || build || image.reference === undefined || image.reference === '') return;
    const parsed = parseImage(image.reference);
    if (!isFloating(parsed)) return;
    const what =
      parsed.tag === undefined
        ? 'has no tag, which means latest'
        : `floats on the tag ${parsed.tag}`;
    const { span, source } = image.scalar;
    yield {
      span,
      source,
      data: { image, reference: image.reference },
      message: `The image ${parsed.repository} ${what}, so it can change under you. Name the version that you tested, or its digest.`,
    };
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: { image, reference } }, { source: { text } }) => {
      const { name } = parseImage(reference);
      const variable = `${name
        .replace(/[^a-z0-9]+/gi, '_')
        .replace(/^\d/, '_$&')
        .toUpperCase()}_VERSION`;
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

interface Required {
  readonly edit: Edit;
  readonly variable: string;
}

const ASK = ':?set it to the version that you tested';

/** A written tag, or none, becomes a required variable; where a variable's default is the tag, its default goes. */
function requireVersion(
  text: string,
  { scalar, own }: Image,
  variable: string,
): Required | undefined {
  const { start, end } = scalar.span;
  const quotes = scalar.style === 'plain' ? 0 : 1;
  const written = scalar.template ?? scalar.text;
  if (!own || text.slice(start + quotes, end - quotes) !== written) return undefined;
  const changed = withRequiredVersion(written, variable);
  if (!changed) return undefined;
  // Plain text inside braces or brackets holds none of its own.
  if (scalar.style === 'plain' && scalar.inFlow) {
    const whole = written.slice(0, changed.start) + changed.newText + written.slice(changed.end);
    return { edit: { span: scalar.span, newText: `"${whole}"` }, variable: changed.variable };
  }
  const from = start + quotes;
  const span = { start: from + changed.start, end: from + changed.end };
  return { edit: { span, newText: changed.newText }, variable: changed.variable };
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
  readonly variable: string;
}

function withRequiredVersion(written: string, variable: string): Change | undefined {
  const parts = partsOf(written);
  const last = parts.at(-1);
  if (last?.kind === 'variable') {
    // Only behind a colon it is the tag; elsewhere it may hold a whole image.
    const isTag = written[last.span.start - 1] === ':' && /^:?-$/.test(last.operator);
    return isTag ? { ...last.tail, newText: ASK, variable: last.name } : undefined;
  }
  const tag = /:[^:/$}]+$/.exec(written)?.index;
  const newText = `:\${${variable}${ASK}}`;
  return { start: tag ?? written.length, end: written.length, newText, variable };
}
