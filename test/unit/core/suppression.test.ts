/** Ignore comments, as people write them and as the quick fixes do. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import { applyEdits } from '../../../server/src/core/edit.ts';
import { ignoreHere, ignoreInFile } from '../../../server/src/core/suppression.ts';
import { fixAll } from '../../../server/src/engine/fix.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

const RULE = 'compose/require-restart-policy';

function linesReported(text: string, only = RULE): readonly number[] {
  const settings = { ...defaultSettings, only: new Set([only]) };
  const language = only.startsWith('dockerfile/') ? 'dockerfile' : 'compose';
  const { findings } = lint({ path: '/p/compose.yaml', text, language }, settings, memoryFiles({}));
  return findings.map(({ span }) => text.slice(0, span.start).split('\n').length);
}

const TWO = 'services:\n  a:\n    image: x:1\n  b:\n    image: y:1\n';

describe('ignore comments', () => {
  test('above the line, and blank lines and other comments between do not matter', () => {
    const text = TWO.replace(
      '  a:',
      `  # dockwright ignore=${RULE} -- it is a demo\n\n  # more\n  a:`,
    );
    assert.deepEqual(linesReported(text), [7]);
  });

  test('at the end of the line', () => {
    assert.deepEqual(linesReported(TWO.replace('a:', `a: # dockwright ignore=${RULE}`)), [4]);
  });

  test('for the whole file, several rules, and by the name of another tool in any case', () => {
    assert.deepEqual(
      linesReported(`# dockwright ignore-file=compose/require-healthcheck,${RULE}\n${TWO}`),
      [],
    );
    assert.deepEqual(linesReported(`# dockwright ignore-file=CIS:5.15\n${TWO}`), []);
    assert.deepEqual(linesReported(`# dockwright ignore-file=5.15\n${TWO}`), []);
  });

  test('another rule, or another word, silences nothing', () => {
    assert.deepEqual(
      linesReported(`# dockwright ignore-file=compose/require-healthcheck\n${TWO}`),
      [3, 5],
    );
    assert.deepEqual(linesReported(`# dockwrong ignore-file=${RULE}\n${TWO}`), [3, 5]);
  });

  test('a name that no rule has is told, with the nearest that one has', () => {
    const text = TWO.replace(
      '  a:',
      '  # dockwright ignore=compose/require-restart-polic,nonsense\n  a:',
    );
    const { findings } = lint(
      { path: '/p/compose.yaml', text, language: 'compose' },
      { ...defaultSettings, only: new Set([RULE]) },
      memoryFiles({}),
    );
    const told = findings.filter(({ rule }) => rule === 'project/unknown-ignore');
    assert.equal(told.length, 2);
    assert.match(
      told.map(({ message }) => message).join(' '),
      /Did you mean compose\/require-restart-policy\?/,
    );
    assert.deepEqual(linesReported(text), [2, 2, 3, 5]);
  });

  test('a Dockerfile has no comments at the end of a line', () => {
    const rule = 'dockerfile/require-non-root-user';
    assert.deepEqual(linesReported(`FROM a:1 # dockwright ignore=${rule}\n`, rule), [1]);
    assert.deepEqual(linesReported(`# dockwright ignore=DL3002\nFROM a:1\n`, rule), []);
  });
});

describe('the quick fixes write comments that work', () => {
  test('here, indented as the line is', () => {
    const text = applyEdits(TWO, [ignoreHere(TWO, TWO.indexOf('b:'), RULE)]);
    assert.match(
      text,
      /\n {2}# dockwright ignore=compose\/require-restart-policy -- reason: to be written\n {2}b:/,
    );
    assert.deepEqual(linesReported(text), [2]);
  });

  test('in the file, below the directives of a Dockerfile, with its line ends', () => {
    const text = '# syntax=docker/dockerfile:1\r\n# escape=`\r\nFROM a:1\r\n';
    const fixed = applyEdits(text, [ignoreInFile(text, 'dockerfile/require-non-root-user')]);
    assert.match(
      fixed,
      /^# syntax=.*\r\n# escape=`\r\n# dockwright ignore-file=.*\r\nFROM a:1\r\n$/,
    );
    assert.deepEqual(linesReported(fixed, 'dockerfile/require-non-root-user'), []);
    assert.deepEqual(linesReported(applyEdits(TWO, [ignoreInFile(TWO, RULE)])), []);
  });
});

/** What is told of the comments themselves, as the text that it is told of. */
function complaints(
  text: string,
  around: Readonly<Record<string, string>> = {},
): readonly string[] {
  const files = memoryFiles({ ...around, [PATH]: text });
  const { findings } = lint({ path: PATH, text, language: 'compose' }, defaultSettings, files);
  return findings
    .filter(({ rule }) => rule.endsWith('-ignore'))
    .map(({ span, rule }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const PATH = '/p/compose.yaml';

describe('a comment that silences nothing', () => {
  const OTHER = 'compose/no-privileged';

  test('is told; of several names, those that silence nothing', () => {
    assert.deepEqual(complaints(TWO.replace('  a:', `  # dockwright ignore=${OTHER}\n  a:`)), [
      `project/unused-ignore: # dockwright ignore=${OTHER}`,
    ]);
    assert.deepEqual(complaints(`# dockwright ignore-file=${RULE},${OTHER},nonsense\n${TWO}`), [
      `project/unused-ignore: ${OTHER}`,
      'project/unknown-ignore: nonsense',
    ]);
  });

  test('is not told where no rule could look', () => {
    const comment = `# dockwright ignore-file=${OTHER}\n`;
    assert.deepEqual(complaints(`${comment}services:\n  a: [\n`), []);
    // A piece of a project that is not here lacks what the project may have.
    const piece = `${comment}services:\n  a:\n    labels: {x: y}\n`;
    const name = '/p/compose.labels.yaml';
    const input = { path: name, text: piece, language: 'compose' } as const;
    assert.deepEqual(lint(input, defaultSettings, memoryFiles({ [name]: piece })).findings, []);
    const off = { ...defaultSettings, rules: new Map([[OTHER, 'off' as const]]) };
    const text = comment + TWO;
    const { findings } = lint({ path: PATH, text, language: 'compose' }, off, memoryFiles({}));
    assert.ok(!findings.some(({ rule }) => rule === 'project/unused-ignore'));
  });

  test('at the end of a service it is for the one below, and at the end of the file for nothing', () => {
    const between = TWO.replace('  b:', `    # dockwright ignore=${RULE}\n\n  b:`);
    assert.deepEqual(linesReported(between), [2]);
    assert.deepEqual(complaints(between), []);
    const last = `${TWO}    # dockwright ignore=${RULE}\n`;
    assert.deepEqual(complaints(last), [`project/unused-ignore: # dockwright ignore=${RULE}`]);
    assert.deepEqual(linesReported(last), [2, 4, 6]);
  });

  test('one for the file is for that file of the project alone', () => {
    const override = 'services:\n  c:\n    image: z:1\n';
    const around = { '/p/compose.override.yaml': override };
    const comment = `# dockwright ignore-file=${RULE}\n`;
    assert.deepEqual(complaints(comment + TWO, around), []);
    const settings = { ...defaultSettings, only: new Set([RULE]) };
    const files = memoryFiles({ '/p/compose.yaml': comment + TWO, ...around });
    const input = {
      path: '/p/compose.override.yaml',
      text: override,
      language: 'compose',
    } as const;
    assert.equal(lint(input, settings, files).findings.length, 1);
  });

  test.each([
    [`  # dockwright ignore=${OTHER} -- reason\n  a:\n`, '  a:\n'],
    [`  a: # dockwright ignore=${OTHER} -- reason\n`, '  a:\n'],
    [
      `  a: # dockwright ignore=${RULE},${OTHER} -- reason\n`,
      `  a: # dockwright ignore=${RULE} -- reason\n`,
    ],
    [`  a: # dockwright ignore=${OTHER},${RULE}\n`, `  a: # dockwright ignore=${RULE}\n`],
    [`  a: # dockwright ignore=${OTHER},compose/no-host-pid,compose/no-host-ipc\n`, '  a:\n'],
    [`  a: # see below # dockwright ignore=${OTHER}\n`, '  a: # see below\n'],
  ])('its fix takes out no more than that: %j', (before, after) => {
    const rest = '    image: x:1\n    restart: always\n';
    for (const eol of ['\n', '\r\n']) {
      const text = `services:\n${before}${before.includes(RULE) ? (rest.split('    restart')[0] ?? '') : rest}`;
      const only = text.replaceAll('\n', eol);
      const result = fixAll(
        { path: PATH, text: only, language: 'compose' },
        defaultSettings,
        memoryFiles({ [PATH]: only }),
        { unsafe: false, rule: 'project/unused-ignore' },
      );
      assert.equal(result.text, text.replace(before, after).replaceAll('\n', eol));
    }
  });
});

describe('comments of other tools', () => {
  const TAG = 'compose/no-floating-image-tag';
  const DCLINT_TAG = 'service-image-require-explicit-tag';
  const image = 'services:\n  a:\n    image: nginx\n  b:\n    image: redis\n';
  const at = (line: string, comment: string): string => image.replace(line, line + comment);
  const above = (line: string, comment: string): string =>
    image.replace(line, `${comment}\n${line}`);

  test.each([
    ['at the end of its line', at('image: nginx', ` # dclint disable-line ${DCLINT_TAG}`), [5]],
    ['without names', at('image: nginx', ' # dclint disable-line'), [5]],
    ['above its line', above('    image: nginx', `    # dclint disable-line ${DCLINT_TAG}`), [6]],
    ['with several names', at('image: nginx', ` # dclint disable-line x ${DCLINT_TAG}`), [5]],
    ['for another rule', at('image: nginx', ' # dclint disable-line no-version-field'), [3, 5]],
    [
      'for a rule that only dclint has',
      at('image: nginx', ' # dclint disable-line services-alphabetical-order'),
      [3, 5],
    ],
    ['for the file', `# dclint disable ${DCLINT_TAG}\n${image}`, []],
    ['for the file, below a document start', `---\n# dclint disable-file\n${image}`, []],
    ['for the file, but not at its top', at('image: nginx', '\n  # dclint disable-file'), [3, 6]],
    ['a word that dclint does not know', `# dclint disabled\n${image}`, [4, 6]],
  ])('dclint %s', (_, text, lines) => {
    assert.deepEqual(linesReported(text, TAG), lines);
    assert.deepEqual(complaints(text), []);
  });

  test.each([
    ['the line below', above('    image: nginx', '    # kics-scan ignore-line'), [6]],
    ['the block below', above('  a:', '  # kics-scan ignore-block'), [6]],
    ['a block of several services', above('services:', '# kics-scan ignore-block'), []],
    [
      'the block below, said at the end of the one above',
      above('  b:', '    # KICS-SCAN ignore-block'),
      [3],
    ],
    ['the file', `# ours\n# kics-scan ignore\n${image}`, []],
    ['the file, but not at its top', at('image: nginx', '\n  # kics-scan ignore'), [3, 6]],
    ['nothing, for it names no query', `# kics-scan disable=\n${image}`, [4, 6]],
    [
      'nothing, for no rule has that id',
      `# kics-scan disable=0afa6ab8-a047-48cf-be07-93a2f8c34cf7\n${image}`,
      [4, 6],
    ],
  ])('KICS: %s', (_, text, lines) => {
    assert.deepEqual(linesReported(text, TAG), lines);
    assert.deepEqual(complaints(text), []);
  });

  test('KICS names queries by their ids', () => {
    const text = '# kics-scan disable=27fcc7d6-c49b-46e0-98f1-6c082a6a2750,x\n' + image;
    assert.deepEqual(linesReported(text, 'compose/require-no-new-privileges'), []);
    assert.deepEqual(linesReported(text, TAG), [4, 6]);
  });

  test('a list that stands as far to the left as its key belongs to its block', () => {
    const ports = (comment: string): string =>
      `services:\n  a:\n    image: x:1\n${comment}    ports:\n    - 8080:80\n    environment: {}\n`;
    const RULE_ID = 'compose/no-unbound-port';
    assert.deepEqual(linesReported(ports(''), RULE_ID), [5]);
    assert.deepEqual(linesReported(ports('    # kics-scan ignore-block\n'), RULE_ID), []);
    assert.deepEqual(linesReported(ports('    # kics-scan ignore-line\n'), RULE_ID), [6]);
  });

  test('what Compose refuses is told all the same, unless its rule is named', () => {
    const text = 'services:\n  a:\n    image: x:1\n    networks: [nowhere]\n';
    const rule = 'compose/undefined-network';
    assert.deepEqual(linesReported(`# dclint disable-file\n${text}`, rule), [5]);
    assert.deepEqual(linesReported(`# dockwright ignore-file=${rule}\n${text}`, rule), []);
  });

  test('in a Dockerfile they are not read yet', () => {
    const rule = 'dockerfile/require-non-root-user';
    assert.deepEqual(linesReported('# kics-scan ignore\nFROM a:1\n', rule), [2]);
  });
});
