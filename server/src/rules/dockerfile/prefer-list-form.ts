import { defineRule } from '../../core/rule.ts';
import { commandOf, singleQuotedIn } from '../../dockerfile/command.ts';
import { inheritedBy, type Stage } from '../../dockerfile/model.ts';
import {
  type Code,
  listIn,
  type Word,
  withoutContinuations,
  wordsIn,
} from '../../dockerfile/words.ts';
import type { DockerfileSubject } from '../subject.ts';

export const preferListForm = defineRule<DockerfileSubject, Code>({
  id: 'dockerfile/prefer-list-form',
  meta: {
    summary: 'Write the program that is started as a list.',
    why: 'Written as text, a shell runs and starts the program. The shell gets the signal when the container is stopped and does not hand it on: the program is killed after ten seconds, in the middle of its work. Behind an ENTRYPOINT written as text, CMD and the arguments of `docker run` are lost.',
    fix: 'Writes the words as a list. Nothing, where the line needs a shell (variables, pipes, `&&`, wildcards): start the program with `exec` in a script, or say with SHELL that a shell is meant.',
    off: 'Where programs are meant to be run by a shell. Lines that need one are reported in the `strict` preset only, and nothing is said in a stage that names its SHELL.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3025',
      'buildkit:JSONArgsRecommended',
      'kics:b86987e1-6397-4619-81d5-8807f2387c79',
      'kics:not_using_json_in_cmd_and_entrypoint_arguments',
    ],
    examples: ['FROM node:22.11-slim\nCMD node server.js\n'],
  },

  *check({ model, settings }) {
    for (const stage of model.stages) {
      if (namesShell(stage)) continue;
      for (const instruction of stage.instructions) {
        const command = commandOf(instruction);
        const words = command && wordsOfText(command);
        if (!command || !words) continue;
        if (settings.preset === 'recommended' && needsShell(command)) continue;
        yield {
          span: { start: words[0].span.start, end: words[1].span.end },
          data: command,
          message: `${effectOn(instruction.keyword)} Write it as a list: ["program", "argument"].`,
        };
      }
    }
  },

  fix: {
    safety: 'unsafe',
    build: ({ data: command }) => {
      if (needsShell(command)) return undefined;
      const words = wordsIn(command);
      return {
        title: 'Write it as a list',
        edits: words.map(({ text, span }, index) => ({
          span,
          newText: `${index === 0 ? '[' : ''}${JSON.stringify(text)}${index < words.length - 1 ? ',' : ']'}`,
        })),
        answer:
          'Start the container and stop it once: no shell stands in between any more, and ENTRYPOINT is now given what CMD says.',
      };
    },
  },
});

/** Of the stages that it is built on, too: whoever names a shell means it. */
const namesShell = (stage: Stage): boolean =>
  inheritedBy(stage).some(({ keyword }) => keyword === 'SHELL');

/** The first and the last word of a command in text form; a list in single quotes is meant for a list. */
function wordsOfText(command: Code): readonly [Word, Word] | undefined {
  if (listIn(command) || singleQuotedIn(command).length > 0) return undefined;
  const words = wordsIn(command);
  const [first] = words;
  return first && [first, words.at(-1) ?? first];
}

const PLAIN_QUOTES = /'[^'\r\n]*'|"[^"\\$`\r\n]*"/g;

/** Variables, operators, wildcards, escapes, quotes that are not closed. Line ends are those of comments. */
const META = /[$`|&;<>()*?[\]{}~!#\\'"]|%\w+%/;

/** What is no program, but something that the shell itself does. */
const BUILTIN =
  /^\s*(?:[A-Za-z_]\w*=|(?:exec|cd|source|\.|:|export|set|unset|eval|exit|trap|ulimit|umask|wait|if|for|while|until|case|command|alias)(?![^\s]))/;

function needsShell({ code, escape }: Code): boolean {
  const plain = withoutContinuations(code, escape);
  return META.test(plain.replace(PLAIN_QUOTES, 'x')) || BUILTIN.test(plain);
}

function effectOn(keyword: string): string {
  if (keyword === 'HEALTHCHECK')
    return 'A shell runs this check: one more program each time, which has to be in the image.';
  const lost = keyword === 'ENTRYPOINT' ? ', and CMD is not handed to it' : '';
  return `A shell starts this program and keeps the signal that is to stop it, so it is killed instead of ended${lost}.`;
}
