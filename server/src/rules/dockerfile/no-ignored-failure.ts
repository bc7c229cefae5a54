import { defineRule } from '../../core/rule.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import {
  commandsOfRun,
  programIn,
  type ShellCommand,
  type ShellWord,
} from '../../dockerfile/shell.ts';
import type { Span } from '../../core/span.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noIgnoredFailure = defineRule<DockerfileSubject, Span>({
  id: 'dockerfile/no-ignored-failure',
  meta: {
    summary: 'Let the build stop where a step fails.',
    why: '`|| true` turns every failure of the step into success: the file that was not there, the package that could not be had, and whatever goes wrong next year. The image is built without it, and the program finds out.',
    fix: 'Takes `|| true` away, so that the build stops and shows what is wrong. Then make the step succeed, or take it out.',
    off: 'Where a step may fail and nobody minds. Steps that remove, look or ask (`rm`, `userdel`, `find`, `grep` and the like) are reported in the `strict` preset only.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: ['FROM debian:12.7-slim\nRUN chmod -R 755 /opt/shop/bin || true\nUSER nobody\n'],
  },

  *check({ model, settings }) {
    for (const { instructions } of model.stages)
      for (const instruction of instructions)
        for (const { span, program } of ignoredIn(instruction)) {
          if (settings.preset === 'recommended' && !MATTERS.test(program)) continue;
          yield {
            span,
            data: instruction.span,
            message: `Whatever goes wrong with ${program} here is not seen: the build goes on without it. Take “|| true” away, and make the step succeed or take it out.`,
          };
        }
  },

  fix: {
    safety: 'unsafe',
    build: ({ span }, { model: { text } }) => {
      const before = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
      return {
        title: 'Let the build stop where this step fails',
        edits: [{ span: { start: span.start - before, end: span.end }, newText: '' }],
        answer: 'Build the image: a step that failed unseen until now stops the build.',
      };
    },
  },
});

/** Steps that make something, which is then missing. */
const MATTERS =
  /^(chmod|chown|cp|mv|install|make|cmake|ninja|meson|npm|npx|yarn|pnpm|pip3?|pipx|poetry|uv|composer|bundle|gem|go|cargo|mvn|gradle|dotnet|apt-get|apt|apk|dnf|microdnf|yum|zypper|curl|wget|git|tar|unzip|patch|docker-php-ext-\w+|pecl|php|python3?|node|\.\/\S*)$/;

interface Ignored {
  /** From the operator to the end of what hides the failure. */
  readonly span: Span;
  readonly program: string;
}

function* ignoredIn(instruction: Instruction): Iterable<Ignored> {
  if (!/\|\|\s*(true|:)/.test(instruction.arguments)) return;
  const commands = commandsOfRun(instruction);
  for (const [index, command] of commands.entries()) {
    const word = hiding(command);
    const program = programIn(commands[index - 1]?.words ?? [])?.[0]?.text;
    if (!word || program === undefined) continue;
    yield { span: { start: command.operatorAt, end: word.end }, program };
  }
}

/** `|| true`, `|| :` */
function hiding({ before, words }: ShellCommand): ShellWord | undefined {
  const [word, another] = words;
  const isTrue = word !== undefined && !another && /^(true|:|\/bin\/true)$/.test(word.text);
  return before === '||' && isTrue ? word : undefined;
}
