import { defineRule } from '../../core/rule.ts';
import { nameOf, runsOf } from '../../dockerfile/runs.ts';
import { programIn, type ShellCommand } from '../../dockerfile/shell.ts';
import type { Span } from '../../core/span.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noCurlIntoShell = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-curl-into-shell',
  meta: {
    summary: 'Look at what you download before you run it.',
    why: 'A script that goes from the network straight into a shell runs as whatever the server says today, with all rights of the build: nobody can tell later what was run, and half a download is half a script.',
    fix: 'Nothing: download to a file, compare its checksum (`sha256sum -c`, or `ADD --checksum=…`), and run it then; or install the program as a package.',
    off: 'Where the maker offers no other way, and you trust the server as you trust the package archive.',
    severity: 'info',
    preset: 'strict',
    since: '0.2.0',
    aliases: [],
    examples: [
      'FROM debian:12.7-slim\nRUN curl -fsSL https://example.com/install.sh | bash\nUSER nobody\n',
      'FROM debian:12.7-slim\nRUN sh -c "$(curl -fsSL https://example.com/install.sh)"\nUSER nobody\n',
    ],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\b(curl|wget)\b/))
        for (const [index, command] of commands.entries()) {
          const name = nameOf(programIn(command.words)?.[0]);
          const start = downloadRunBy(command) ? command.start : pipedFrom(commands, index);
          if (start === undefined) continue;
          yield {
            span: { start, end: endOf(command) },
            data: undefined,
            message: `${name} runs whatever the server sends today, unseen. Download it to a file, compare its checksum, and run that.`,
          };
        }
  },
});

const endOf = ({ words, end }: ShellCommand): Span['end'] => words.at(-1)?.end ?? end;

const SHELL = /^(ba|da|a|z|k|fi)?sh$/;

/** `bash -c "$(curl …)"`, `bash <(curl …)`, `eval "$(curl …)"` */
function downloadRunBy({ words, redirects }: ShellCommand): boolean {
  const [program, ...rest] = programIn(words) ?? [];
  const name = nameOf(program);
  if (!SHELL.test(name) && !/^(eval|source|\.)$/.test(name)) return false;
  return [...rest, ...redirects].some(
    ({ text, literal }) => !literal && /^(\$\(|`|<\()\s*(sudo )?(curl|wget)\s/.test(text),
  );
}

/** Where the download starts that is piped into a program that runs it. */
function pipedFrom(commands: readonly ShellCommand[], index: number): number | undefined {
  if (!commands[index] || !runsItsInput(commands[index])) return undefined;
  for (let at = index; /^\|&?$/.test(commands[at]?.before ?? ''); at--) {
    const left = commands[at - 1];
    if (left && /^(curl|wget)$/.test(nameOf(programIn(left.words)?.[0]))) return left.start;
  }
  return undefined;
}

/** A program that is given something else to run takes the input for data. */
function runsItsInput({ words }: ShellCommand): boolean {
  const [program, ...rest] = programIn(words) ?? [];
  const name = nameOf(program);
  const given = rest.map(({ text }) => text);
  if (SHELL.test(name)) {
    const asksForInput = given.some((text) => /^-\w*s$|^-$/.test(text));
    return asksForInput || given.every((text) => /^-(?!\w*c$)/.test(text));
  }
  const isLanguage = /^(python[\d.]*|perl|ruby|node|php)$/.test(name);
  return isLanguage && (given.length === 0 || given[0] === '-');
}
