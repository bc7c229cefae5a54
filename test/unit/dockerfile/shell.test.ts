/** Shell scripts cut into commands: which program runs, what stands between two of them, and what is only text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { parseDockerfile } from '../../../server/src/dockerfile/model.ts';
import {
  commandsOf,
  commandsOfRun,
  packageStepOf,
  programIn,
} from '../../../server/src/dockerfile/shell.ts';

const drawn = (script: string): readonly string[] =>
  commandsOf(script).map(({ before, words, depth }) =>
    [before.replace('\n', '↵'), '('.repeat(depth), ...words.map(({ text }) => text)]
      .filter((part) => part !== '')
      .join(' '),
  );

describe('commands of a script', () => {
  test.each([
    ['a && b || c; d | e', ['a', '&& b', '|| c', '; d', '| e']],
    ['echo \'a && b\' "c || d"', ['echo a && b c || d']],
    ['(a || true) && b', ['( ( a', '|| ( true', '&& b']],
    ['x=$(a || true); b', ['x=$(a || true)', '; b']],
    ['a \\\n  b \\\n  # why && what\n  c', ['a b c']],
    ['a # && b\nc', ['a', '↵ c']],
    ['a 2>&1 >/dev/null && b', ['a', '&& b']],
    ['a#b "c', ['a#b c']],
    ['', []],
  ])('%j', (script, expected) => {
    assert.deepEqual(drawn(script), expected);
  });

  test.each([
    ['A=1 B=2 curl -f x', 'curl'],
    ['timeout 5 curl x', 'curl'],
    ['timeout -k 3s 10s wget x', 'wget'],
    ['exec app', 'app'],
    ['set -eux', undefined],
    ['A=1', undefined],
  ])('%j runs %j', (script, expected) => {
    const [command] = commandsOf(script);
    assert.equal(programIn(command?.words ?? [])?.[0]?.text, expected);
  });

  const ofRun = (text: string, directive = '') => {
    const whole = `${directive}FROM a\nRUN ${text}\n`;
    const [run] = parseDockerfile(whole).stages[0]!.instructions;
    return commandsOfRun(run!).map(({ words }) =>
      words.map(({ start, end }) => whole.slice(start, end)).join(' '),
    );
  };

  test.each([
    ['["a", "&&", "b"]', []],
    ['a && \\\n# why\n\n  b \\ \r\n c', ['a', 'b c']],
    ['<<EOF\na b\n  c && d\nEOF', ['a b', 'c', 'd']],
    ['--mount=type=cache,target=/x cat <<EOF > y && z\na b\nEOF', ['cat', 'z']],
    ['a; ) b\\\n c', ['a']],
    ['if a; then b; fi', ['a', 'b']],
  ])('of RUN %j, where they stand in the file', (text, expected) => {
    assert.deepEqual(ofRun(text), expected);
  });

  test('of a file for Windows are continued by backticks', () => {
    assert.deepEqual(ofRun('a `\n b', '# escape=`\n'), ['a b']);
  });

  test('a script goes on behind a line that cannot be read', () => {
    assert.deepEqual(drawn('a ) b\nc'), ['a', '↵ c']);
    assert.deepEqual(commandsOf('f(){'.repeat(5000)), []);
    assert.deepEqual(commandsOf('a '.repeat(40_000)), []);
  });

  test('a command knows whether it runs for certain, and what it writes to', () => {
    const seen = commandsOf('! a | b; for x in y; do c > "$d"; done; ~/e $f "g"').map(
      ({ conditional, negated, redirects, words }) => [
        words.map(({ text, literal }) => (literal ? text : `<${text}>`)).join(' '),
        conditional,
        negated,
        redirects.map(({ text }) => text),
      ],
    );
    assert.deepEqual(seen, [
      ['a', false, true, []],
      ['b', false, true, []],
      ['c', true, false, ['$d']],
      ['<~/e> <$f> g', false, false, []],
    ]);
  });

  test.each([
    ['apt-get install -y --no-install-recommends curl wget=1.*', 'install', ['curl', 'wget=1.*']],
    ['sudo apk add --no-cache curl', 'install', ['curl']],
    ['apt-get -y purge --auto-remove curl 2>/dev/null', 'remove', ['curl']],
    ['apt-get update', undefined, undefined],
    ['echo apt-get install curl', undefined, undefined],
  ])('%j', (script, does, packages) => {
    const [command] = commandsOf(script);
    const step = command && packageStepOf(command);
    assert.equal(step?.does, does);
    assert.deepEqual(
      step?.packages.map(({ text }) => text),
      packages,
    );
  });

  test('any text is cut, and every word lies where it says', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\\',
      '"',
      "'",
      '$(',
      ')',
      '|',
      '&',
      '#',
      '`',
      '>',
    );
    const script = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 3 })))
      .map((list) => list.join(''));
    fc.assert(
      fc.property(script, (text) => {
        let end = 0;
        for (const { words, operatorAt } of commandsOf(text)) {
          assert.ok(operatorAt >= 0 && operatorAt <= text.length);
          for (const word of words) {
            assert.ok(word.start >= end && word.end > word.start && word.end <= text.length);
            end = word.end;
          }
        }
      }),
    );
  });
});
