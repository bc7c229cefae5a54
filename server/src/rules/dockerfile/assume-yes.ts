import { defineRule } from '../../core/rule.ts';
import type { DockerfileModel } from '../../dockerfile/model.ts';
import {
  isSetForAll,
  packageCallsIn,
  type PlacedCall,
  spanOf,
  titleOf,
} from '../../dockerfile/package-runs.ts';
import { hasOption, type Manager, valuesOf } from '../../dockerfile/packages.ts';
import type { DockerfileSubject } from '../subject.ts';

export const assumeYes = defineRule<DockerfileSubject, PlacedCall>({
  id: 'dockerfile/assume-yes',
  meta: {
    summary: 'Answer the questions of the package manager in advance.',
    why: 'A package manager asks before it installs more than it was told to: “Do you want to continue?”. Nobody can answer in a build, so it takes that for a no, and the build stops there. `DEBIAN_FRONTEND=noninteractive` is about other questions, and does not help.',
    fix: 'Adds `-y`.',
    off: 'Where the base image has settings that answer for all calls.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3014',
      'hadolint:DL3030',
      'hadolint:DL3034',
      'hadolint:DL3038',
      'trivy:DS-0021',
      'kics:77783205-c4ca-4f80-bb80-c777f267c547',
      'kics:apt_get_missing_flags_to_avoid_manual_input',
      'kics:7ebd323c-31b7-4e5b-b26f-de5e9e477af8',
      'kics:missing_flag_from_dnf_install',
      'kics:45e1fca5-f90e-465d-825f-c2cb63fa3944',
      'kics:missing_zypper_non_interactive_switch',
      'kics:6e19193a-8753-436d-8a09-76dcff91bb03',
      'kics:yum_install_allows_manual_input',
    ],
    examples: ['FROM fedora:41\nRUN dnf install git && dnf clean all\nUSER nobody\n'],
  },

  *check({ model }) {
    for (const call of packageCallsIn(model)) {
      // `yes | apt-get install …` answers, too.
      if (!asks(call) || call.command.before.startsWith('|') || isAnswered(call, model)) continue;
      yield {
        span: spanOf(call),
        data: call,
        message: `“${titleOf(call)}” asks before it goes on, and nobody can answer in a build, so the build stops here. Add -y.`,
      };
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { verb } }) => ({
      title: 'Add -y',
      edits: [{ span: { start: verb.end, end: verb.end }, newText: ' -y' }],
    }),
  },
});

function asks({ manager, does, verb }: PlacedCall): boolean {
  if (manager === 'apk') return false;
  if (does === 'install') return true;
  return manager === 'zypper' && /^(remove|rm|patch|source-install|si)$/.test(verb.text);
}

function isAnswered(call: PlacedCall, model: DockerfileModel): boolean {
  const { letters, long, option, setting } = answers[call.manager];
  return (
    letters.some((letter) => hasOption(call, letter, ...long)) ||
    (call.manager === 'apt' && isVeryQuiet(call)) ||
    valuesOf(call.command, ...option).some((value) => setting.test(value)) ||
    isSetForAll(model, setting)
  );
}

/** `-qq`, `-q -q` and `-q=2` say yes. */
function isVeryQuiet({ options }: PlacedCall): boolean {
  const written = options.map(({ text }) => text);
  const quiet = written.filter((text) => /^-[a-z]*q[a-z]*$/.test(text)).join('');
  return (
    quiet.replace(/[^q]/g, '').length +
      written.filter((text) => /^--(quiet|silent)$/.test(text)).length >
      1 || written.some((text) => /^(-q|--quiet|--silent)=[2-9]$/.test(text))
  );
}

interface Answer {
  readonly letters: readonly string[];
  readonly long: readonly string[];
  /** Letter and names of the option that makes a setting for one call. */
  readonly option: readonly [string, ...string[]];
  readonly setting: RegExp;
}

const rpm: Answer = {
  letters: ['y'],
  long: ['assumeyes', 'assume-yes', 'yes'],
  option: ['-setopt', 'setopt'],
  setting: /assumeyes\s*=\s*["']?(true|yes|1)/i,
};

const answers: Readonly<Record<Manager, Answer>> = {
  apt: {
    letters: ['y'],
    long: ['yes', 'assume-yes'],
    option: ['o', 'option'],
    setting: /Assume-Yes"?[\s=]+\\?["']?(true|yes|1)/i,
  },
  apk: rpm,
  yum: rpm,
  dnf: rpm,
  microdnf: rpm,
  tdnf: rpm,
  zypper: { ...rpm, letters: ['y', 'n'], long: ['no-confirm', 'non-interactive'] },
};
