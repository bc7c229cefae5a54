import { defineRule } from '../../core/rule.ts';
import type { Instruction, Stage } from '../../dockerfile/model.ts';
import { type PipInstall, pipInstallOf } from '../../dockerfile/pip.ts';
import { isKept, mountsOver, type Run, runsOf, standingBefore } from '../../dockerfile/runs.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noPipCache = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-pip-cache',
  meta: {
    summary: 'Let pip keep no downloads in the image.',
    why: 'pip keeps what it downloads for a next time, which never comes in an image: the files only make it larger, often by hundreds of megabytes, and every host pulls them.',
    fix: 'Writes `--no-cache-dir` behind `install`. The packages stay the same.',
    off: 'Where another step empties the folder, or the image is squashed. Cache mounts, PIP_NO_CACHE_DIR, pip.conf and stages that end up in no image are seen.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3042',
      'kics:pip_install_keeping_cached_packages',
      'kics:f2f903fb-b977-461e-98d7-b3e2185c6118',
    ],
    examples: [
      'FROM python:3.12-slim\nRUN pip install -r requirements.txt\nUSER nobody\n',
      'FROM python:3.12-slim\nRUN python3 -m pip install --upgrade flask==3.0.3\nUSER nobody\n',
    ],
  },

  *check({ model }) {
    for (const stage of model.stages.filter((one) => isKept(one, model)))
      for (const run of runsOf(stage, /\bpip/)) {
        if (isWithout(run, stage)) continue;
        for (const command of run.commands) {
          const install = pipInstallOf(command);
          if (!install || install.given.some(({ text }) => text.startsWith('--no-cache-dir')))
            continue;
          yield { span: spanOf(install), data: undefined, message: MESSAGE };
        }
      }
  },

  fix: {
    safety: 'safe',
    build: ({ span: { end } }) => ({
      title: 'Add --no-cache-dir',
      edits: [{ span: { start: end, end }, newText: ' --no-cache-dir' }],
    }),
  },
});

const MESSAGE =
  'pip keeps all that it downloads in the image, where nothing ever uses it. Add --no-cache-dir.';

const spanOf = ({ verb: { start, end } }: PipInstall): { start: number; end: number } => ({
  start,
  end,
});

/** What switches the cache off, or empties it, in the script itself. */
const SWITCHED_OFF =
  /\bPIP_NO_CACHE_DIR=\S|\bpip[\d.]* cache (purge|remove)|\brm -\w+ [^;&|]*(\.cache|\/pip\b)/;

function isWithout({ instruction }: Run, stage: Stage): boolean {
  return (
    SWITCHED_OFF.test(instruction.arguments) ||
    mountsOver(instruction, /cache|pip/) ||
    standingBefore(stage, instruction).some(switchesOff)
  );
}

/** Any value will do: pip takes `off` and `0` for “no cache”, too. */
function switchesOff({ keyword, properties, arguments: written }: Instruction): boolean {
  if (keyword === 'RUN') return /\bpip[\d.]* config .*no-cache-dir/.test(written);
  return (
    /^(ENV|ARG)$/.test(keyword) &&
    properties.some(({ name, value }) => name === 'PIP_NO_CACHE_DIR' && value !== '')
  );
}
