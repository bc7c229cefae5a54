import { defineRule } from '../../core/rule.ts';
import { pipInstallOf } from '../../dockerfile/pip.ts';
import { operandsOf, runsOf } from '../../dockerfile/runs.ts';
import type { ShellCommand, ShellWord } from '../../dockerfile/shell.ts';
import type { DockerfileSubject } from '../subject.ts';
import { unpinned } from './unpinned-packages.ts';

export const noUnpinnedPipPackage = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-unpinned-pip-package',
  meta: {
    summary: 'Say which version of a Python package is installed.',
    why: 'Without a version, pip takes what is newest on the day of the build: the same Dockerfile makes another image tomorrow, and one day it makes one that does not work.',
    fix: 'Nothing: only you know which version the program was tested with. Write `name==1.2.3`, or a requirements file.',
    off: 'Where images are rebuilt often and tested before they run.',
    severity: 'hint',
    preset: 'all',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3013',
      'kics:unpinned_package_version_in_pip_install',
      'kics:02d9c71f-3ee8-4986-9c27-1a20d0d19bfc',
    ],
    examples: ['FROM python:3.12-slim\nRUN pip install --no-cache-dir flask\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const stage of model.stages)
      for (const { commands } of runsOf(stage, /\bpip/))
        yield* unpinned(commands.map(packagesIn), (name) => `${name}==1.2.3`);
  },
});

/** What names its versions elsewhere: files of requirements or constraints, or a folder of packages. */
const ELSEWHERE =
  /^(-r.*|-c.*|--(requirement|constraint|find-links|no-index|dry-run|help|version)(=.*)?)$/;

const VALUED =
  /^(-[iftep]|--(index-url|extra-index-url|find-links|target|prefix|root|src|platform|python-version|implementation|abi|editable|progress-bar|upgrade-strategy|no-binary|only-binary|trusted-host|cache-dir|timeout|retries|proxy|cert|client-cert|config-settings|global-option|log|report|root-user-action|use-feature|group))$/;

/** A version, a file, a folder, an address, or what the build fills in. */
const PINNED = /[=<>~!@/]|\.(whl|zip|tar\.\w+|tgz)$|^\./;

function packagesIn(command: ShellCommand): readonly ShellWord[] {
  const { behind = [] } = pipInstallOf(command) ?? {};
  if (behind.some(({ text }) => ELSEWHERE.test(text))) return [];
  return operandsOf(behind, VALUED).filter(({ text }) => !PINNED.test(text));
}
