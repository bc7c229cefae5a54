/** Instructions as pieces of the text: directives, continued lines, comments between them, heredocs. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Span } from '../../../server/src/core/span.ts';
import { type Heredoc, piecesOf } from '../../../server/src/dockerfile/lines.ts';
import { parseDockerfile } from '../../../server/src/dockerfile/model.ts';

const shown = (text: string) =>
  piecesOf(text).pieces.map(({ span }) => text.slice(span.start, span.end));

describe('pieces', () => {
  test.each([
    ['', []],
    ['# a comment\n\n', []],
    ['FROM a\nRUN b\n', ['FROM a', 'RUN b']],
    ['  FROM a  \r\n', ['FROM a']],
    ['RUN a \\\n  b\nRUN c', ['RUN a \\\n  b', 'RUN c']],
    ['RUN a \\ \t\n  b\n', ['RUN a \\ \t\n  b']],
    ['RUN a \\\n# no\n\n  b\nRUN c', ['RUN a \\\n# no\n\n  b', 'RUN c']],
    ['RUN a \\\\\nRUN b', ['RUN a \\\\', 'RUN b']],
    ['# escape=`\nRUN a `\n b\nRUN C:\\\nRUN d', ['RUN a `\n b', 'RUN C:\\', 'RUN d']],
    ['RUN a \\\n', ['RUN a \\']],
    ['RUN <<EOF\na\nEOF\nRUN b', ['RUN <<EOF\na\nEOF', 'RUN b']],
    ['RUN cat <<A <<"B" && x\n1\nA\n2\nB\nRUN c', ['RUN cat <<A <<"B" && x\n1\nA\n2\nB', 'RUN c']],
    ['RUN x && \\\n cat <<-E\n\ta\n\tE\nRUN b', ['RUN x && \\\n cat <<-E\n\ta\n\tE', 'RUN b']],
    ['COPY <<E /x\na\nE\nUSER a', ['COPY <<E /x\na\nE', 'USER a']],
    [
      'RUN echo "<<E" \'<<E\' <<< x $((1 <<2))\nE',
      ['RUN echo "<<E" \'<<E\' <<< x $((1 <<2))', 'E'],
    ],
    ['LABEL a=<<E\nUSER a', ['LABEL a=<<E', 'USER a']],
    ['RUN <<E\nnever closed', ['RUN <<E\nnever closed']],
  ])('%j', (text, expected) => {
    assert.deepEqual(shown(text), expected);
  });

  test('are as long in code as in the text, without comments and blank lines', () => {
    const text = 'RUN a \\\n# no\n\n  b\n';
    const [piece] = piecesOf(text).pieces;
    assert.equal(piece!.code, 'RUN a \\\n        b');
    assert.deepEqual(piece!.blankLines, [{ start: 13, end: 13 }]);
    assert.equal(piece!.open, false);
    assert.equal(piecesOf('RUN a \\\n').pieces[0]!.open, true);
  });

  test('tell their heredocs', () => {
    const text = 'RUN cat <<-"A" <<B\n\t1\n\tA\n2\n';
    const [a, b] = piecesOf(text).pieces[0]!.heredocs;
    const at = ({ start, end }: Span) => text.slice(start, end);
    const shownOf = ({ name, quoted, stripsTabs, closed, contentSpan }: Heredoc) => [
      name,
      quoted,
      stripsTabs,
      closed,
      at(contentSpan),
    ];
    assert.deepEqual([a!, b!].map(shownOf), [
      ['A', true, true, true, '\t1\n'],
      ['B', false, false, false, '2\n'],
    ]);
    assert.equal(at(a!.span), '<<-"A"');
  });
});

describe('directives', () => {
  test('stand at the top', () => {
    const text =
      '# syntax=docker/dockerfile:1\n# Check = skip=all;error=true \n# other=x\n# escape=`\n\n# escape=\\\nFROM a';
    const { directives, escape } = piecesOf(text);
    assert.deepEqual(
      directives.map(({ name, value, valueSpan }) => [
        name,
        value,
        text.slice(valueSpan.start, valueSpan.end),
      ]),
      [
        ['syntax', 'docker/dockerfile:1', 'docker/dockerfile:1'],
        ['check', 'skip=all;error=true', 'skip=all;error=true'],
        ['escape', '`', '`'],
      ],
    );
    assert.equal(escape, '`');
  });

  test('end at the first line that is none', () => {
    assert.deepEqual(piecesOf('# a comment\n# escape=`\n').directives, []);
    assert.deepEqual(piecesOf('\uFEFF# escape=`\n').escape, '`');
  });
});

test('any text makes spans that lie inside of it, in order', () => {
  const alphabet = [
    'FROM a',
    'RUN b',
    ' \\',
    '\n',
    '\r\n',
    '# c',
    '<<E',
    'E',
    '"',
    "'",
    '$',
    '{',
    '}',
    ' ',
    '[',
    '`',
    '# escape=`\n',
  ];
  let seed = 1;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: next(14) }, () => alphabet[next(alphabet.length)]).join('');
    const { instructions } = parseDockerfile(text);
    let end = 0;
    for (const { span, keywordSpan, argumentsSpan, code, arguments: written } of instructions) {
      assert.ok(span.start >= end && span.end <= text.length, JSON.stringify(text));
      assert.ok(
        keywordSpan.end <= argumentsSpan.start && argumentsSpan.end === span.end,
        JSON.stringify(text),
      );
      assert.equal(text.slice(argumentsSpan.start, argumentsSpan.end), written);
      assert.ok(code.start === argumentsSpan.start && code.start + code.code.length <= span.end);
      end = span.end;
    }
  }
});
