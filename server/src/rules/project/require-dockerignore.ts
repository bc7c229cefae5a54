import { defineRule } from '../../core/rule.ts';
import type { Source } from '../../core/source.ts';
import type { Span } from '../../core/span.ts';
import type { ContextSubject, DockerfileSubject, ProjectSubject } from '../subject.ts';

interface Data {
  readonly context: ContextSubject;
}

const id = 'project/require-dockerignore';

const meta = {
  summary: 'Keep out of the build context what no image needs.',
  why: 'Without an ignore file the whole folder goes to the builder: slow builds, a cache that never holds, and secrets in the image by the first `COPY . .`.',
  fix: 'Creates a .dockerignore from what really lies in the context (version control, secrets, dependencies, caches, logs, dumps), and leaves in what COPY and ADD ask for by name.',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  aliases: [],
  examples: [],
} as const;

const fix = {
  safety: 'safe',
  build: ({ data: { context } }: { readonly data: Data }) => ({
    title: `Create ${context.shown === '.' ? '' : `${context.shown}/`}.dockerignore from what lies there`,
    edits: [
      {
        file: context.ignorePath,
        span: { start: 0, end: 0 },
        newText: context.suggestIgnoreFile(),
      },
    ],
  }),
} as const;

interface At {
  readonly span: Span;
  readonly source?: Source;
  readonly service?: string;
}

const match = (context: ContextSubject, at: At) => ({
  ...at,
  data: { context },
  message: `The build context ${context.shown} has no .dockerignore, so everything in it goes to the builder, secrets and all. Add one.`,
});

/** One rule that stands on two kinds of files: where Compose builds, and at the Dockerfile where it does not. */
export const requireDockerignoreInCompose = defineRule<ProjectSubject, Data>({
  id,
  meta,
  *check({ services, index }) {
    if (index.lackingIgnoreFiles.size === 0) return;
    const seen = new Set<string>();
    for (const { context, build, name, lacksIgnoreFile } of services) {
      if (!lacksIgnoreFile || !context || !build || seen.has(context.directory)) continue;
      seen.add(context.directory);
      const { span, source } = build.place;
      yield match(context, { span, source, service: name });
    }
  },
  fix,
});

export const requireDockerignoreInDockerfile = defineRule<DockerfileSubject, Data>({
  id,
  meta,
  *check({ context, final }) {
    if (context && context.ignoreFile === undefined)
      yield match(context, { span: final.stage.from.span });
  },
  fix,
});
