import { nearest } from '../../core/nearest.ts';
import { defineRule, type Preset } from '../../core/rule.ts';
import type { Stage } from '../../dockerfile/model.ts';
import { isIndex, referencesOf } from '../../dockerfile/stage-names.ts';
import type { DockerfileSubject } from '../subject.ts';

/** The name that was meant, where one is near. */
export const noUnknownStage = defineRule<DockerfileSubject, string | undefined>({
  id: 'dockerfile/no-unknown-stage',
  meta: {
    summary: 'Copy from stages that stand above, by the names that they have.',
    why: 'A name that no stage above has is taken for an image: the build asks Docker Hub for it, and stops where there is none, or copies from the image of a stranger where there is one.',
    fix: 'Writes the name of the stage above that is nearest. Where none is near, it changes nothing: name the stage that you mean, or move it up.',
    off: 'Where names come from `--build-context` or `additional_contexts` and look like those of stages. A plain name that is like no stage’s, such as `composer`, may be an image, and is reported in the `strict` preset only; in the preset `all` every image without a tag is.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: ['hadolint:DL3022'],
    examples: [
      'FROM node:22.11-slim AS build\nFROM nginx:1.27.2\nCOPY --from=biuld /app/dist /usr/share/nginx/html\n',
      'FROM nginx:1.27.2\nCOPY --from=build /app/dist /usr/share/nginx/html\nFROM node:22.11-slim AS build\n',
    ],
  },

  *check({ model, settings: { preset } }) {
    for (const { text, span, stage } of referencesOf(model)) {
      const known = model.stages.slice(0, stage.index + 1);
      if (isKnown(text, known)) continue;
      const isBelow = model.stages.some(({ name }) => name === text.toLowerCase());
      const meant = isBelow ? undefined : nearName(text, known.slice(0, -1));
      const message = isBelow
        ? `The stage “${text}” stands below this one, so nothing can be copied from it yet. Move it up, above the stage that needs it.`
        : unknown(text, meant, preset);
      if (message !== undefined) yield { span, data: meant, message };
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span, data: meant }) =>
      meant === undefined
        ? undefined
        : {
            title: `Copy from ${meant}`,
            edits: [{ span, newText: meant }],
            answer: `Check that ${meant} is the stage that holds what is copied.`,
          },
  },
});

/** A stage that is there; the stage itself is the matter of another rule, and variables nobody can look into. */
function isKnown(text: string, known: readonly Stage[]): boolean {
  if (text === '' || text.includes('$')) return true;
  if (isIndex(text)) return Number(text) < known.length;
  return known.some(({ name }) => name === text.toLowerCase());
}

/** What cannot be mistaken for a stage's name: it has a registry, a tag, a digest or a version. */
const IMAGE = /[:/@.]/;

/** Images that people copy from without a tag. */
const WELL_KNOWN =
  /^(alpine|busybox|caddy|composer|debian|docker|golang|gradle|haproxy|httpd|maven|nginx|node|php|postgres|python|redis|ruby|rust|scratch|traefik|ubuntu)$/;

/** The name of the nearest stage as it is written, where the text is no image for sure. */
function nearName(text: string, earlier: readonly Stage[]): string | undefined {
  if (isIndex(text) || IMAGE.test(text) || WELL_KNOWN.test(text)) return undefined;
  return nearest(text, new Set(earlier.flatMap(({ nameWord }) => nameWord?.text ?? [])));
}

function unknown(text: string, meant: string | undefined, preset: Preset): string | undefined {
  if (isIndex(text))
    return `There is no stage ${text} above this one; they are counted from 0. Write the name of the stage that you mean.`;
  if (meant !== undefined)
    return `No stage above is called “${text}”, so it is taken for an image. Did you mean ${meant}?`;
  if (mayBeImage(text, preset)) return undefined;
  return `No stage above is called “${text}”, so the build asks a registry for an image of this name. Name a stage, or write the image with its tag.`;
}

/** A plain name may be an image of Docker Hub; the stricter the preset, the more of an image has to be there. */
function mayBeImage(text: string, preset: Preset): boolean {
  if (preset === 'all') return text.includes(':');
  return preset === 'recommended' || IMAGE.test(text);
}
