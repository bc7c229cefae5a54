import { wordsOf } from '../../compose/told.ts';
import { defineRule } from '../../core/rule.ts';
import { shownPath } from '../../project/expected.ts';
import { copiedScripts, hasWindowsLineEnds, mountedScripts } from '../../project/scripts.ts';
import type { DockerfileSubject, ServiceSubject } from '../subject.ts';

const id = 'project/no-crlf-script';

const meta = {
  summary: 'Keep Windows line ends out of scripts that run in containers.',
  why: 'The kernel takes the carriage return for a part of the interpreter’s name: “exec /entrypoint.sh: no such file or directory”, about a file that is plainly there. Shells take it for a part of the last word of each line.',
  fix: 'Nothing, because the script is another file: save it with Unix line ends, and write `*.sh text eol=lf` into `.gitattributes`, so that no checkout changes it again.',
  off: 'Where the scripts are converted before they run. A Dockerfile that does it itself, with `dos2unix` or `sed`, is not reported.',
  severity: 'error',
  preset: 'recommended',
  since: '0.2.0',
  aliases: [],
  examples: [],
} as const;

const messageFor = (script: string): string =>
  `The script ${script} has Windows line ends, so it fails in a container with “no such file or directory”. Save it with Unix line ends, and set eol=lf for it in .gitattributes.`;

/** One rule that stands on two kinds of files: where a service mounts a script, and where a Dockerfile copies one. */
export const noCrlfScriptInCompose = defineRule<ServiceSubject, undefined>({
  id,
  meta,
  *check({ facts, files, canonical, directory }) {
    const mounts = facts.hostMounts();
    if (mounts.length === 0) return;
    const words = wordsOf(canonical)?.text ?? '';
    for (const { path, place } of mountedScripts(mounts, words, files))
      if (hasWindowsLineEnds(path, files))
        yield { ...place, data: undefined, message: messageFor(shownPath(directory, path)) };
  },
});

export const noCrlfScriptInDockerfile = defineRule<DockerfileSubject, undefined>({
  id,
  meta,
  *check({ model, contexts, files }) {
    if (/dos2unix|\\r/.test(model.text)) return;
    for (const directory of contexts) {
      const scripts = copiedScripts(model, directory, files);
      for (const { path, shown, span } of scripts)
        if (hasWindowsLineEnds(path, files))
          yield { span, data: undefined, message: messageFor(shown) };
      if (scripts.length > 0) return;
    }
  },
});
