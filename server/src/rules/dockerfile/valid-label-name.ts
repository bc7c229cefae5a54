import { defineRule } from '../../core/rule.ts';
import type { Property } from '../../dockerfile/properties.ts';
import { withTriggers } from '../../dockerfile/triggers.ts';
import type { DockerfileSubject } from '../subject.ts';

export const validLabelName = defineRule<DockerfileSubject, Property>({
  id: 'dockerfile/valid-label-name',
  meta: {
    summary: 'Name labels as Docker’s guidelines ask.',
    why: 'Programs find images by the names of their labels, letter by letter. Capitals, spaces and doubled separators are mistyped when somebody filters by them, and names below `com.docker.` belong to Docker, which may give them another meaning.',
    fix: 'Writes the name in lower case, where nothing else is wrong with it. All else is left to you.',
    off: 'Where a program asks for labels with such names, as the `RUN` and `INSTALL` labels of Red Hat’s `atomic`.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3048'],
    examples: ['FROM debian:12.7-slim\nLABEL Version=1\n'],
  },

  *check({ model: { instructions }, settings }) {
    const names = settings.preset === 'all' ? NARROW : NAMES;
    for (const { keyword, properties } of withTriggers(instructions)) {
      if (keyword !== 'LABEL') continue;
      for (const property of properties) {
        const wrong = problemOf(property.name, names);
        if (wrong === undefined) continue;
        const { name, nameSpan } = property;
        yield {
          span: nameSpan,
          data: property,
          message: `The label ${name === '' ? 'has no name' : `${name} ${wrong}`}. Name it like org.example.build-date.`,
        };
      }
    }
  },

  fix: {
    // Whoever filters by the old name finds nothing any more.
    safety: 'unsafe',
    build: ({ data: { name, nameSpan } }, { model: { text } }) => {
      const lower = name.toLowerCase();
      const isAsWritten = text.slice(nameSpan.start, nameSpan.end) === name;
      if (!isAsWritten || lower === name || problemOf(lower, NARROW) !== undefined)
        return undefined;
      return {
        title: `Name the label ${lower}`,
        edits: [{ span: nameSpan, newText: lower }],
        answer: `Look for programs and filters that ask for the label ${name}: they have to ask for ${lower} now.`,
      };
    },
  },
});

/** As hadolint has it. */
const NARROW = /^[a-z][a-z0-9.-]*$/;
/** Underscores are everywhere, and slashes in names that Kubernetes made common; both are found without trouble. */
const NAMES = /^[a-z0-9][a-z0-9._/-]*$/;

const RESERVED = /^(com\.docker|io\.docker|org\.dockerproject)\./;

function problemOf(name: string, names: RegExp): string | undefined {
  // What it will be called is not known.
  if (name.includes('$')) return undefined;
  if (RESERVED.test(name)) return 'lies in a namespace that belongs to Docker';
  if (/[A-Z]/.test(name)) return 'has capitals in its name, which is found only if they are typed';
  if (!names.test(name))
    return 'has a name with other characters than a-z, 0-9, dots and hyphens, or begins with none of the letters and digits';
  if (/\.\.|--/.test(name)) return 'has two separators in a row in its name';
  return /[a-z0-9]$/.test(name) ? undefined : 'has a name that ends in a separator';
}
