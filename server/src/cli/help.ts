/** The help texts, made from the commands' own tables; the same tables make the ones in docs/command-line.md. */
import type { Command, Option } from './arguments.ts';

const HELP: Option = { name: 'help', about: 'Show this help.' };

/** Help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Dockwright finds and fixes what is missing in Compose files and Dockerfiles.',
    '',
    'Usage: dockwright COMMAND [OPTION…]',
    '',
    'Commands:',
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    '  --help, -h     Show this help; after a command, the help of that command.',
    '  --version, -V  Show the version.',
    '',
    'Exit codes: 0 nothing found, 1 findings, 2 usage, configuration or input error, 3 a bug of ours.',
    '',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp({ name, operands, about, options, examples }: Command): string {
  const all = [...options, HELP];
  const width = Math.max(...all.map((option) => optionName(option).length));
  return [
    about,
    '',
    `Usage: dockwright ${name} [OPTION…] ${operands}`,
    '',
    'Options:',
    ...all.map((option) => `  ${optionName(option).padEnd(width)}  ${optionAbout(option)}`),
    '',
    'Examples:',
    ...examples.flatMap(([line, what]) => [`  ${line}`, `      ${what}`]),
    '',
  ].join('\n');
}

/** The options of a command as a Markdown table. */
export function optionTable({ options }: Command): string {
  const rows = options.map((option) => {
    return `| \`${optionName(option)}\` | ${optionAbout(option).replaceAll('|', '\\|')} |`;
  });
  return ['| option | what it does |', '| --- | --- |', ...rows].join('\n');
}

function optionName({ name, value }: Option): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function optionAbout({ about, values, standard, repeatable = false }: Option): string {
  const facts = [
    ...(values ? [values.join(', ')] : []),
    ...(standard === undefined ? [] : [`default ${standard}`]),
    ...(repeatable ? ['may be given several times'] : []),
  ];
  return facts.length === 0 ? about : `${about} (${facts.join('; ')})`;
}
