/** Which files form a project and what it is called, against what `docker compose config` does in the same folders. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import {
  projectAlone,
  projectOfDirectory,
  projectOfFile,
} from '../../../server/src/project/discover.ts';
import { inFolder, kinds, ofFile, request, type Texts, value } from './discovery.ts';

const empty = (...names: readonly string[]): Texts =>
  Object.fromEntries(names.map((name) => [name, '']));

describe('a folder', () => {
  test.each([
    [
      ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
      ['compose.yaml'],
    ],
    [['docker-compose.yaml', 'docker-compose.yml', 'compose.yml'], ['compose.yml']],
    [['docker-compose.yaml', 'docker-compose.yml'], ['docker-compose.yml']],
    [['docker-compose.yaml'], ['docker-compose.yaml']],
    [
      ['compose.yaml', 'compose.override.yaml', 'compose.override.yml'],
      ['compose.yaml', 'compose.override.yml'],
    ],
    [
      ['compose.yaml', 'docker-compose.override.yaml'],
      ['compose.yaml', 'docker-compose.override.yaml'],
    ],
    [
      ['compose.yaml', 'docker-compose.override.yaml', 'docker-compose.override.yml'],
      ['compose.yaml', 'docker-compose.override.yml'],
    ],
  ])('with %j', (names, expected) => {
    const project = inFolder(empty(...names.map((name) => `/p/${name}`)));
    assert.deepEqual(
      project.files,
      expected.map((name) => `/p/${name}`),
    );
    assert.equal(project.reason, 'default');
    const several = names.filter((name) => !name.includes('override')).length > 1;
    assert.equal(kinds(project).includes('several-files'), several);
  });

  test('says which of several files Compose reads', () => {
    const { problems } = inFolder(
      empty(
        '/p/compose.yml',
        '/p/docker-compose.yml',
        '/p/compose.override.yml',
        '/p/compose.override.yaml',
      ),
    );
    assert.deepEqual(
      problems.map(({ kind, refused }) => [kind, refused]),
      [
        ['several-files', false],
        ['several-overrides', false],
      ],
    );
    assert.match(problems[0]?.message ?? '', /reads compose\.yml alone, not docker-compose\.yml/);
  });

  test('an override without a base is no project', () => {
    assert.equal(projectOfDirectory('/p', request(empty('/p/compose.override.yaml'))), undefined);
    assert.equal(projectOfDirectory('/', request({})), undefined);
  });

  test('a folder with the name of a file is taken for one, and refused', () => {
    const project = inFolder(empty('/p/compose.yaml/x', '/p/docker-compose.yml'));
    assert.deepEqual(project.files, []);
    assert.equal(project.directory, '/p');
    assert.deepEqual(kinds(project), ['several-files', 'no-file']);
  });

  test('is looked for upwards, and .env of where it starts goes first', () => {
    const texts = {
      '/p/compose.yaml': '',
      '/p/.env': 'V=parent\nW=parent\n',
      '/p/a/b/.env': 'V=here\n',
    };
    const project = inFolder(texts, {}, '/p/a/b');
    assert.deepEqual(project.files, ['/p/compose.yaml']);
    assert.equal(project.directory, '/p');
    assert.equal(project.name.value, 'p');
    assert.equal(value(project, 'V'), 'here');
    assert.equal(value(project, 'W'), 'parent');
  });

  test('COMPOSE_FILE in .env of a folder above is too late to count', () => {
    const texts = { '/p/compose.yaml': '', '/p/y.yaml': '', '/p/.env': 'COMPOSE_FILE=y.yaml\n' };
    assert.deepEqual(inFolder(texts, {}, '/p/sub').files, ['/p/compose.yaml']);
  });
});

describe('COMPOSE_FILE', () => {
  const files = { '/p/x.yaml': '', '/p/y.yaml': '', '/p/compose.yaml': '' };

  test('names the files, in order', () => {
    const project = inFolder({ ...files, '/p/.env': 'COMPOSE_FILE=y.yaml:x.yaml\nV=1\n' });
    assert.deepEqual(project.files, ['/p/y.yaml', '/p/x.yaml']);
    assert.equal(project.reason, 'COMPOSE_FILE');
    assert.deepEqual(kinds(project), []);
    assert.equal(value(project, 'V'), '1');
  });

  test('with a separator of its own', () => {
    const text = 'COMPOSE_FILE=x.yaml;y.yaml\nCOMPOSE_PATH_SEPARATOR=;\n';
    assert.deepEqual(inFolder({ ...files, '/p/.env': text }).files, ['/p/x.yaml', '/p/y.yaml']);
    const usual = 'COMPOSE_FILE=x.yaml:y.yaml\nCOMPOSE_PATH_SEPARATOR=\n';
    assert.deepEqual(inFolder({ ...files, '/p/.env': usual }).files, ['/p/x.yaml', '/p/y.yaml']);
  });

  test('of the process goes before that of .env', () => {
    const process = { COMPOSE_FILE: 'y.yaml' };
    const texts = { ...files, '/p/.env': 'COMPOSE_FILE=x.yaml\n' };
    assert.deepEqual(inFolder(texts, { process }).files, ['/p/y.yaml']);
  });

  test('may lie elsewhere, and brings its folder with it', () => {
    const project = inFolder({
      '/p/q/x.yaml': '',
      '/p/.env': 'COMPOSE_FILE=q/x.yaml\nV=1\n',
      '/p/q/.env': 'V=2\nW=3\nCOMPOSE_PROJECT_NAME=qq\n',
    });
    assert.equal(project.directory, '/p/q');
    assert.equal(project.name.value, 'qq');
    assert.equal(value(project, 'V'), '1');
    assert.equal(value(project, 'W'), '3');
  });

  test.each([
    ['x.yaml:gone.yaml', ['missing-file'], 1],
    ['x.yaml:q', ['no-file'], 1],
    ['x.yaml:', ['no-file'], 1],
    ['-', ['no-file'], 0],
    ['', ['no-file'], 0],
  ])('that Compose refuses: %j', (text, expected, left) => {
    const project = inFolder({ ...files, '/p/q/a': '', '/p/.env': `COMPOSE_FILE=${text}\n` });
    assert.deepEqual(kinds(project), expected);
    assert.equal(project.files.length, left);
    const [problem] = project.problems;
    assert.equal(problem?.refused, true);
    assert.equal(problem.place?.source.file, '/p/.env');
  });
});

describe('a file', () => {
  const whole = 'services: {a: {image: x}}';
  const piece = 'services: {a: {ports: []}}';
  const texts = {
    '/p/docker-compose.yml': whole,
    '/p/docker-compose.override.yml': piece,
    '/p/docker-compose.dev.yml': piece,
    '/p/docker-compose-full.yml': whole,
    '/p/other.yaml': piece,
    '/p/.env': 'V=1',
  };

  test.each([
    ['docker-compose.yml', ['docker-compose.yml', 'docker-compose.override.yml'], 'default'],
    [
      'docker-compose.override.yml',
      ['docker-compose.yml', 'docker-compose.override.yml'],
      'default',
    ],
    ['docker-compose.dev.yml', ['docker-compose.yml', 'docker-compose.dev.yml'], 'fragment'],
    ['docker-compose-full.yml', ['docker-compose-full.yml'], 'alone'],
    ['other.yaml', ['other.yaml'], 'alone'],
    ['.env', ['docker-compose.yml', 'docker-compose.override.yml'], 'default'],
  ])('%s', (name, files, reason) => {
    const project = ofFile(texts, `/p/${name}`);
    assert.deepEqual(
      project.files,
      files.map((file) => `/p/${file}`),
    );
    assert.equal(project.reason, reason);
    assert.deepEqual(kinds(project), []);
    assert.equal(value(project, 'V'), '1');
  });

  test('a piece goes over the base of its own family, else over the usual one', () => {
    const both = { ...texts, '/p/compose.yaml': whole, '/p/compose.prod.yaml': piece };
    assert.deepEqual(ofFile(both, '/p/docker-compose.dev.yml').files, [
      '/p/docker-compose.yml',
      '/p/docker-compose.dev.yml',
    ]);
    assert.deepEqual(ofFile(both, '/p/compose.prod.yaml').files, [
      '/p/compose.yaml',
      '/p/compose.prod.yaml',
    ]);
    const one = { '/p/docker-compose.yml': whole, '/p/compose.prod.yaml': piece };
    assert.deepEqual(ofFile(one, '/p/compose.prod.yaml').files, [
      '/p/docker-compose.yml',
      '/p/compose.prod.yaml',
    ]);
    const none = ofFile({ '/p/compose.prod.yaml': piece }, '/p/compose.prod.yaml');
    assert.deepEqual([none.files, none.reason], [['/p/compose.prod.yaml'], 'fragment']);
  });

  test('a base that Compose passes over stands alone, and is told so', () => {
    const both = { ...texts, '/p/compose.yaml': whole };
    const project = ofFile(both, '/p/docker-compose.yml');
    assert.deepEqual([project.files, project.reason], [['/p/docker-compose.yml'], 'alone']);
    assert.match(project.problems[0]?.message ?? '', /takes compose\.yaml beside it/);
  });

  test('COMPOSE_FILE decides what belongs together', () => {
    const named = { ...texts, '/p/.env': 'COMPOSE_FILE=docker-compose.yml:other.yaml\n' };
    assert.deepEqual(ofFile(named, '/p/other.yaml').files, [
      '/p/docker-compose.yml',
      '/p/other.yaml',
    ]);
    const project = ofFile(named, '/p/docker-compose.override.yml');
    assert.equal(project.reason, 'fragment');
    assert.deepEqual(project.files, ['/p/docker-compose.yml', '/p/docker-compose.override.yml']);
  });

  test('that the project of its folder includes belongs to that', () => {
    const project = ofFile(texts, '/p/other.yaml', {
      reaches: (_, path) => path === '/p/other.yaml',
    });
    assert.equal(project.reason, 'default');
    assert.equal(ofFile(texts, '/p/other.yaml', { reaches: () => false }).reason, 'alone');
  });

  test('no project where there is nothing that Compose reads', () => {
    assert.equal(projectOfFile('/q/.env', request({ '/q/.env': '', ...texts })), undefined);
  });

  test('that is asked for as the only one is, whatever lies beside it', () => {
    const project = projectAlone('/p/docker-compose.yml', request(texts));
    assert.deepEqual([project.files, project.reason], [['/p/docker-compose.yml'], 'alone']);
    assert.equal(project.directory, '/p');
    assert.equal(value(project, 'V'), '1');
  });
});
