/** The effective model as text: what each line of it comes from. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { originsOf } from './model-origins.ts';

describe('what brings a value', () => {
  test('an anchor, an alias and a merge key', () => {
    const { at } = originsOf({
      'compose.yaml': `x-logging: &logging
  driver: json-file
x-base: &base
  restart: always
  logging: *logging
services:
  web:
    <<: *base
    image: nginx:1.22
`,
    });
    assert.deepEqual(at('services.web.restart'), [
      'compose.yaml:4:12',
      'merged from the anchor &base (compose.yaml:8:9)',
    ]);
    assert.deepEqual(at('services.web.logging.driver'), [
      'compose.yaml:2:11',
      'merged from the anchor &base (compose.yaml:8:9)',
      'through the alias *logging (compose.yaml:5:12)',
    ]);
    assert.deepEqual(at('services.web.image'), ['compose.yaml:9:12']);
    assert.deepEqual(at('x-base.restart'), ['compose.yaml:4:12']);
  });

  test('an override: what it says, what it leaves, and what it replaces', () => {
    const { at, text } = originsOf({
      'compose.yaml': `services:
  web:
    image: nginx:1.22
    environment:
      - MODE=prod
      - KEPT=1
    ports: ["80:80", "81:81"]
`,
      'compose.override.yaml': `services:
  web:
    environment:
      MODE: dev
    ports: !override
      - 9090:80
`,
    });
    assert.deepEqual(at('services.web.environment.MODE'), [
      'compose.override.yaml:4:13',
      'laid over what stands there (compose.yaml:5:9)',
    ]);
    assert.deepEqual(at('services.web.environment.KEPT'), ['compose.yaml:6:9']);
    assert.deepEqual(at('services.web.ports'), [
      'compose.override.yaml:5:5',
      'laid over what stands there (compose.yaml:7:5)',
    ]);
    assert.deepEqual(at('services.web.ports.0.published'), ['compose.override.yaml:6:9']);
    assert.doesNotMatch(text, /81/);
  });

  test('a parent in another file, and a file that is included', () => {
    const { at } = originsOf({
      'compose.yaml': `include: [parts/cache.yaml]
services:
  web:
    extends: { file: parts/base.yaml, service: job }
`,
      'parts/base.yaml': 'services:\n  job:\n    image: nginx:1.22\n',
      'parts/cache.yaml': 'services:\n  cache:\n    image: redis:7.0\nvolumes:\n  data: {}\n',
    });
    assert.deepEqual(at('services.web'), ['compose.yaml:3:3']);
    assert.deepEqual(at('services.web.image'), [
      'parts/base.yaml:3:12',
      'inherited from the service job (compose.yaml:4:48)',
    ]);
    assert.deepEqual(at('services.cache.image'), [
      'parts/cache.yaml:3:12',
      'from a file that is included (compose.yaml:1:11)',
    ]);
  });

  test('variables: of .env, of the process, by default, and those of an env file', () => {
    const { at } = originsOf(
      {
        '.env': '# versions\nVERSION=1.22\n',
        'web.env': 'FROM_FILE=${VERSION}-x\n',
        'compose.yaml': `services:
  web:
    image: nginx:\${VERSION}
    user: \${WHO}
    hostname: \${HOST:-web}
    env_file: web.env
`,
      },
      { WHO: 'www' },
    );
    assert.deepEqual(at('services.web.image'), [
      'compose.yaml:3:12',
      '${VERSION} is set in a file (.env:2:1)',
    ]);
    assert.deepEqual(at('services.web.user'), [
      'compose.yaml:4:11',
      '${WHO} is set in the environment',
    ]);
    assert.deepEqual(at('services.web.hostname'), [
      'compose.yaml:5:15',
      '${HOST} is set nowhere, so its default counts',
    ]);
    assert.deepEqual(at('services.web.environment.FROM_FILE'), [
      'web.env:1:1',
      'from an env file (compose.yaml:6:15)',
    ]);
  });

  test('what Compose supplies stands where it is due', () => {
    const { at } = originsOf({
      'compose.yaml': 'name: shop\nservices:\n  web:\n    build: {}\n',
    });
    assert.deepEqual(at('name'), ['compose.yaml:1:7']);
    assert.deepEqual(at('services.web.build.dockerfile'), [
      'compose.yaml:4:12',
      'The file is called Dockerfile where no name is given.',
    ]);
    assert.deepEqual(at('networks.default.name'), [
      'compose.yaml:4:5',
      'A resource is called by the project and its key where no name is given.',
      'Every project has a network "default" for services that name none.',
    ]);
    // No file has this section.
    assert.equal(at('networks')?.[1], at('networks.default')?.[1]);
  });

  test('the name of the project, from .env or from nowhere', () => {
    const compose = 'services:\n  web:\n    image: nginx:1.22\n';
    const named = originsOf({ 'compose.yaml': compose, '.env': 'COMPOSE_PROJECT_NAME=shop\n' });
    assert.deepEqual(named.at('name'), ['.env:1:1', 'COMPOSE_PROJECT_NAME names the project']);
    assert.deepEqual(originsOf({ 'compose.yaml': compose }).at('name'), [
      'nowhere',
      'no file names the project, so it is called after its folder',
    ]);
  });
});

describe('texts that are printed in another shape', () => {
  test('lists that are sorted, mappings as lists, dollars, odd keys and long texts', () => {
    const { at, text, lines } = originsOf({
      'compose.yaml': `services:
  web:
    build:
      context: .
      ssh: { default: , key: /k }
    extra_hosts: ["b:1.2.3.4", "a:1.1.1.1"]
    labels:
      "a.b/c": "$$x"
      "on": "yes"
      "we ird: #": 1
    command:
      - |
        one: 1

        - two
      - "tail "
`,
    });
    assert.match(text, /- a=1\.1\.1\.1\n +- b=1\.2\.3\.4/);
    assert.deepEqual(at('services.web.extra_hosts.0'), ['compose.yaml:6:32']);
    assert.deepEqual(at('services.web.extra_hosts.1'), ['compose.yaml:6:19']);
    assert.deepEqual(at('services.web.labels.a.b/c'), ['compose.yaml:8:16']);
    assert.deepEqual(at('services.web.labels.on'), ['compose.yaml:9:13']);
    assert.deepEqual(at('services.web.labels.we ird: #'), ['compose.yaml:10:20']);
    assert.deepEqual(at('services.web.build.ssh.1'), ['compose.yaml:5:30']);
    const block = lines.filter(({ origin }) => origin.path === 'services.web.command.0');
    assert.deepEqual(
      block.map((one) => one.text.trim()),
      ['- |', 'one: 1', '', '- two'],
    );
    assert.deepEqual(at('services.web.command.1'), ['compose.yaml:16:9']);
  });

  test('a project without services has a model as well', () => {
    const { text, at } = originsOf({ 'compose.yaml': 'name: shop\nservices: {}\n' });
    assert.equal(text, 'name: shop\nservices: {}\n');
    assert.deepEqual(at('services'), ['compose.yaml:2:1']);
  });
});
