import { parseImage } from '../../compose/image.ts';
import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import { referencesIn } from '../../dockerfile/copies.ts';
import type { Instruction, Stage } from '../../dockerfile/model.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noFloatingBaseImage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-floating-base-image',
  meta: {
    summary: 'Name the version of every image that a build starts from or copies from.',
    why: '`latest`, written or meant, is whatever was pushed last: the same Dockerfile gives another image tomorrow, and nobody sees why the build fails, or what has changed in it.',
    fix: 'Nothing: which version was tested is known to you. Name it, or its digest.',
    off: 'Where builds are meant to follow whatever is newest, such as those that run every night for that purpose. Bases of distroless and Chainguard, which have few other tags, are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3006',
      'hadolint:DL3007',
      'trivy:DS-0001',
      'checkov:CKV_DOCKER_7',
      'kics:9efb0b2d-89c9-41a3-91ca-dcc0aec911fd',
      'kics:image_version_not_explicit',
      'kics:f45ea400-6bbe-4501-9fc7-1c3d75c32067',
      'kics:image_version_using_latest',
    ],
    examples: [
      'FROM node:latest\nUSER node\n',
      'FROM php:8.3-fpm\nCOPY --from=composer /usr/bin/composer /usr/bin/\nUSER www-data\n',
    ],
  },

  *check({ model: { stages }, settings }) {
    const names = new Set(stages.flatMap(({ name }) => name ?? []));
    const isStage = (image: string): boolean =>
      names.has(image.toLowerCase()) || /^\d+$/.test(image);
    for (const stage of stages) {
      const named = [...baseOf(stage), ...stage.instructions.flatMap(copiedFrom)];
      for (const { image, span } of named) {
        if (isStage(image) || !floats(image)) continue;
        if (settings.preset === 'recommended' && FEW_TAGS.test(image)) continue;
        const { repository, tag } = parseImage(image);
        yield {
          span,
          data: undefined,
          message: `The image ${repository} ${tag === undefined ? 'has no tag, which means latest' : `floats on the tag ${tag}`}, so the next build may be another one. Name the version that you tested, or its digest.`,
        };
      }
    }
  },
});

const FEW_TAGS = /^(gcr\.io\/distroless\/|cgr\.dev\/)/;

/** Variables that have no default are known to the build alone. */
function floats(image: string): boolean {
  if (image === 'scratch' || image === '' || image.includes('$')) return false;
  const { tag, digest } = parseImage(image);
  return digest === undefined && (tag === undefined || /^latest(-|$)/.test(tag));
}

interface Named {
  readonly image: string;
  readonly span: Span;
}

function baseOf({ image, base, parent }: Stage): readonly Named[] {
  return parent || !image ? [] : [{ image: base, span: image.span }];
}

/** `COPY --from=image`, and `RUN --mount=…,from=image`. */
const copiedFrom = (instruction: Instruction): readonly Named[] =>
  referencesIn(instruction).map(({ text, span }) => ({ image: text, span }));
