/** Which variables hold for a project and for its services, against what `docker compose config` makes of the same files. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import {
  type Environment,
  environmentCache,
  environmentOf,
  type EnvironmentRequest,
  withVariable,
} from '../../../server/src/project/environment.ts';
import {
  type EnvFileCache,
  type EnvFileEntry,
  type EnvFileRequest,
  type EnvFileResult,
  envFileVariables,
} from '../../../server/src/project/service-environment.ts';
import { memoryFiles } from '../memory-files.ts';

type Texts = Readonly<Record<string, string>>;

function environment(texts: Texts, request: Partial<EnvironmentRequest> = {}): Environment {
  const files = Object.keys(texts);
  return environmentOf({ files, ...request }, memoryFiles(texts), environmentCache());
}

function values({ lookup, names }: Environment): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(names().map((name) => [name, lookup(name)?.value]));
}

describe('environmentOf', () => {
  test('the process goes before the file, even with an empty value', () => {
    const made = environment({ '/p/.env': 'V=1\nW=2\nX=3\n' }, { process: { V: 'os', W: '' } });
    assert.deepEqual(values(made), { V: 'os', W: '', X: '3' });
    assert.equal(made.lookup('V')?.from, 'process');
    assert.equal(made.lookup('NOPE'), undefined);
  });

  test('what a file sets has its statement for a place', () => {
    const made = environment({ '/p/.env': '# c\nV=1\nV="2"\nL=$U\n' }).lookup('V');
    assert.equal(made?.value, '2');
    assert.equal(made.from, 'file');
    assert.equal(made.place?.source.file, '/p/.env');
    const { start, end } = made.place.span;
    assert.equal(made.place.source.text.slice(start, end), 'V="2"');
  });

  test('values may name variables of the process, and stay open where nothing sets them', () => {
    const made = environment({ '/p/.env': 'A=$OS\nB=$U\nOS\nNOPE\n' }, { process: { OS: 'os' } });
    assert.equal(made.lookup('A')?.value, 'os');
    assert.deepEqual(made.lookup('B')?.open, ['U']);
    assert.equal(made.lookup('OS')?.from, 'process');
    assert.equal(made.lookup('NOPE'), undefined);
    assert.deepEqual(made.names(), ['OS', 'A', 'B']);
  });

  test('later files win, and earlier ones go before the lines of the file itself', () => {
    const texts = { '/p/a': 'V=a\nW=a\n', '/p/b': 'V=b\nX=$V$W\n' };
    const made = environment(texts);
    assert.deepEqual(values(made), { V: 'b', W: 'a', X: 'aa' });
    assert.deepEqual(
      made.files.map(({ source }) => source.file),
      ['/p/a', '/p/b'],
    );
  });

  test('what Compose sets by itself gives way to the process, and not to files', () => {
    const texts = { '/p/.env': 'PWD=/file\nHERE=$PWD\n' };
    const made = environment(texts, { defaults: { PWD: '/p' } });
    assert.deepEqual(values(made), { PWD: '/p', HERE: '/p' });
    assert.equal(made.lookup('PWD')?.from, 'default');
    const process = { PWD: '/q', UNSET: undefined };
    const asked = environment(texts, { defaults: { PWD: '/p' }, process });
    assert.equal(asked.lookup('HERE')?.value, '/q');
    assert.equal(asked.lookup('UNSET'), undefined);
  });

  test('a base wins, and its files and problems stay', () => {
    const base = environment({ '/p/.env': 'V=1\nA B=2\n' });
    const made = environment({ '/p/sub/.env': 'V=2\nW=$V\n' }, { base });
    assert.deepEqual(values(made), { V: '1', W: '1' });
    assert.equal(made.files.length, 2);
    assert.equal(made.problems.length, 1);
  });

  test('a value without a name is no variable', () => {
    const made = environment({ '/p/.env': 'V=1\nLAST' });
    assert.deepEqual(made.names(), ['V']);
    assert.deepEqual(
      made.problems.map(({ kind, refused }) => [kind, refused]),
      [['no-name', false]],
    );
  });

  test('files that cannot be read are refused, and /dev/null is no file', () => {
    const files = memoryFiles({ '/p/a/x': '' });
    const request = { files: ['/p/none', '/p/a', '/p/binary', '/dev/null'] };
    const facts: typeof files = {
      ...files,
      kindOf: (path) => (path === '/p/binary' ? 'file' : files.kindOf(path)),
    };
    const { problems } = environmentOf(request, facts, environmentCache());
    assert.deepEqual(
      problems.map(({ kind, file, refused, message }) => [
        kind,
        file,
        refused,
        message.split(',')[0],
      ]),
      [
        ['missing-file', '/p/none', true, 'The env file /p/none does not exist'],
        ['no-file', '/p/a', true, 'The env file /p/a is a directory'],
        ['no-file', '/p/binary', true, 'The env file /p/binary cannot be read as text'],
      ],
    );
  });

  test('the problems of a file keep their place', () => {
    const [problem] = environment({ '/p/.env': 'V=1\nA B=2\n' }).problems;
    assert.equal(problem?.kind, 'space-in-name');
    assert.equal(problem.refused, true);
    assert.deepEqual(problem.place?.span, { start: 4, end: 7 });
  });
});

describe('the same texts give the same object', () => {
  test('until a text, the process or the base changes', () => {
    const cache = environmentCache();
    const process = { OS: 'os' };
    const ask = (text: string, given: Partial<EnvironmentRequest> = {}): Environment =>
      environmentOf(
        { files: ['/p/.env'], process, ...given },
        memoryFiles({ '/p/.env': text }),
        cache,
      );
    const first = ask('V=1');
    assert.equal(ask('V=1'), first);
    assert.notEqual(ask('V=1', { defaults: { PWD: '/' } }), first);
    // An include that reads the same file on top of the project's own variables.
    const included = ask('V=1', { base: first });
    assert.notEqual(included, first);
    assert.equal(ask('V=1'), first);
    assert.equal(ask('V=1', { base: first }), included);
    const second = ask('V=2');
    assert.notEqual(second, first);
    assert.notEqual(ask('V=2', { process: { OS: 'os' } }), second);
    assert.equal(second.lookup('V')?.value, '2');
  });

  test('also with a variable that Compose sets', () => {
    const cache = environmentCache();
    const made = environmentOf({ files: [], process: { A: '1' } }, memoryFiles({}), cache);
    const named = withVariable(made, 'NAME', 'x', cache);
    assert.deepEqual(values(named), { A: '1', NAME: 'x' });
    assert.equal(named.lookup('NAME')?.from, 'default');
    assert.equal(withVariable(made, 'NAME', 'x', cache), named);
    assert.notEqual(withVariable(made, 'NAME', 'y', cache), named);
    assert.equal(withVariable(made, 'A', '1', cache), made);
    assert.equal(withVariable(made, 'A', '2', cache).lookup('A')?.value, '2');
  });
});

interface Asked {
  readonly project?: Texts;
  readonly own?: Texts;
  readonly entries?: readonly Partial<EnvFileEntry>[];
}

function asked({ project = {}, own = {}, entries = [{}] }: Asked): EnvFileRequest {
  return {
    environment: environmentOf(
      { files: [], process: project },
      memoryFiles({}),
      environmentCache(),
    ),
    own: (name) => own[name],
    entries: entries.map((entry) => ({
      path: '/p/a',
      required: true,
      format: undefined,
      ...entry,
    })),
  };
}

function result(texts: Texts, request: Asked): EnvFileResult {
  return envFileVariables(asked(request), memoryFiles(texts), new WeakMap());
}

const set = ({ variables }: EnvFileResult): Texts =>
  Object.fromEntries([...variables].map(([name, { value }]) => [name, value]));

const both = [{ path: '/p/a' }, { path: '/p/b' }];

describe('envFileVariables', () => {
  test.each<readonly [string, Texts, Asked, Texts]>([
    [
      'later files win',
      { '/p/a': 'X=a\nY=a\n', '/p/b': 'X=b\n' },
      { entries: both },
      { X: 'b', Y: 'a' },
    ],
    [
      'a value names variables of earlier files',
      { '/p/a': 'X=a\n', '/p/b': 'Y=$X\n' },
      { entries: both },
      { X: 'a', Y: 'a' },
    ],
    [
      'the project goes before the file',
      { '/p/a': 'X=a\nY=$X\n' },
      { project: { X: 'p' } },
      { X: 'a', Y: 'p' },
    ],
    [
      'and before what the service says',
      { '/p/a': 'Y=$X$Z\n' },
      { project: { X: 'p' }, own: { X: 's', Z: 's' } },
      { Y: 'ps' },
    ],
    ['a name alone asks the project', { '/p/a': 'X\nZ\n' }, { project: { X: 'p' } }, { X: 'p' }],
    [
      'a name alone leaves what an earlier file says',
      { '/p/a': 'X=a\n', '/p/b': 'X\n' },
      { entries: both },
      { X: 'a' },
    ],
    [
      'a file that need not be there',
      { '/p/b': 'X=b\n' },
      { entries: [{ required: false }, { path: '/p/b' }] },
      { X: 'b' },
    ],
    ['no file on purpose', {}, { entries: [{ path: '/dev/null' }] }, {}],
    ['raw', { '/p/a': 'X="$Y" # b\n' }, { entries: [{ format: 'raw' }] }, { X: '"$Y" # b' }],
    ['a value without a name', { '/p/a': 'X=1\nLAST' }, {}, { X: '1', '': 'LAST' }],
  ])('%s', (_, texts, request, expected) => {
    assert.deepEqual(set(result(texts, request)), expected);
  });

  test('each variable has its statement for a place', () => {
    const known = result({ '/p/a': 'X=1\nY=$U\n' }, {}).variables.get('Y');
    assert.deepEqual(known?.place?.span, { start: 4, end: 8 });
    assert.deepEqual(known.open, ['U']);
  });

  test.each<readonly [string, Texts, Partial<EnvFileEntry>, string]>([
    ['missing', {}, {}, 'missing-file'],
    ['a directory', { '/p/a/x': '' }, { required: false }, 'no-file'],
    ['broken', { '/p/a': 'A B=1\n' }, { required: false }, 'space-in-name'],
    ['a value that is needed', { '/p/a': 'X=${U:?no}\n' }, {}, 'required-variable'],
    ['an unknown format', { '/p/a': 'X=1\n' }, { format: 'json' }, 'format'],
  ])('Compose refuses: %s', (_, texts, entry, kind) => {
    const { problems } = result(texts, { entries: [{ path: '/dev/null' }, entry] });
    assert.deepEqual(
      problems.map((problem) => [problem.kind, problem.entry, problem.refused, problem.file]),
      [[kind, 1, true, '/p/a']],
    );
  });

  test('the same request for the same texts gives the same object', () => {
    const cache: EnvFileCache = new WeakMap();
    const request = asked({});
    const ask = (text: string): EnvFileResult =>
      envFileVariables(request, memoryFiles({ '/p/a': text }), cache);
    const first = ask('X=1');
    assert.equal(ask('X=1'), first);
    assert.notEqual(ask('X=2'), first);
    assert.deepEqual(set(ask('X=2')), { X: '2' });
  });
});
