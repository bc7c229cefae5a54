/** The effective model: what it finds, why it is refused, and where a value comes from. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { explain } from '../../../server/src/engine/explain.ts';
import { memoryOf } from '../../../server/src/engine/memory.ts';
import { modelOf, printedModel } from '../../../server/src/engine/model.ts';
import { memoryFiles } from '../memory-files.ts';

type Texts = Readonly<Record<string, string>>;

function model(texts: Texts, path = '/p', process: Readonly<Record<string, string>> = {}) {
  const facts = memoryFiles(texts);
  const { parse, project } = memoryOf(facts);
  const request = { path, profiles: [], home: '/home/somebody' };
  return modelOf(request, { facts, parse, process }, project);
}

const shop: Texts = {
  '/p/compose.yaml': `x-defaults: &defaults
  restart: always
x-mode: &mode production
services:
  base:
    image: nginx:\${TAG:-1.27}\${OUTSIDE}\${EMPTY}
    dns: [1.1.1.1]
  web:
    <<: *defaults
    extends: base
    environment:
      MODE: *mode
      LEVEL: \${LEVEL}
    ports: ["8080:80"]
  web.admin:
    image: redis:7.2
`,
  '/p/compose.override.yaml': 'services:\n  web:\n    restart: "no"\n',
  '/p/.env': 'LEVEL=info\n',
};

const explained = (path: string) => explain(model(shop, '/p', { OUTSIDE: '.3' })!, path) ?? [];

const places = (path: string) =>
  explained(path).map(
    ({ text, written }) => `${text ?? ''} ${written.file}:${written.position.line + 1}`,
  );

describe('the model', () => {
  test('is that of the folder, or of the file, and undefined where there is none', () => {
    assert.equal(model(shop)?.project.services.length, 3);
    assert.equal(model(shop, '/p/compose.yaml')?.refused.length, 0);
    assert.equal(model({ '/q/readme': '' }, '/q'), undefined);
  });

  test('is printed as Compose prints it', () => {
    const found = model({ '/p/compose.yaml': 'name: p\nservices:\n  a:\n    image: x\n' })!;
    assert.match(printedModel(found, 'yaml'), /^name: p\nservices:\n {2}a:\n/);
    const json = JSON.parse(printedModel(found, 'json')) as { name: string };
    assert.equal(json.name, 'p');
  });

  test('says why it is refused, by file and line', () => {
    const refused = (texts: Texts) =>
      (model(texts)?.refused ?? []).map(
        ({ at }) => at && `${at.file}:${at.position.line + 1}:${at.position.character + 1}`,
      );
    assert.deepEqual(refused({ '/p/compose.yaml': 'services:\n  a:\n    image: [\n' }), [
      '/p/compose.yaml:3:12',
    ]);
    assert.deepEqual(
      refused({
        '/p/compose.yaml':
          'services:\n  b:\n    image: x\n    networks: [gone]\n  a:\n    imagee: x\n',
        '/p/compose.override.yaml': 'services:\n  c:\n    image: x\n    oops: 1\n',
        '/p/.env': 'A B=1\n',
      }).map((place) => place?.replace(/:\d+$/, '')),
      [
        '/p/.env:1',
        '/p/compose.override.yaml:4',
        '/p/compose.yaml:4',
        '/p/compose.yaml:5',
        '/p/compose.yaml:6',
      ],
    );
    const [first] = refused({ '/p/.env': 'COMPOSE_FILE=gone.yaml\n' });
    assert.match(first ?? '', /^\/p\/\.env:1/);
  });
});

describe('explaining', () => {
  test('a value says where it is written, and each step that brought it', () => {
    assert.deepEqual(places('web.restart'), ['no /p/compose.override.yaml:3']);
    assert.deepEqual(places('web.environment.MODE'), ['production /p/compose.yaml:3']);
    assert.deepEqual(places('web.dns.0'), ['1.1.1.1 /p/compose.yaml:7']);
    const steps = (path: string) =>
      explained(path).flatMap((one) => one.steps.map(({ what }) => what));
    assert.match(steps('web.restart').join(), /laid over/);
    assert.match(steps('web.environment.MODE').join(), /alias \*mode/);
    assert.match(steps('web.dns').join(), /inherited from the service base/);
    assert.match(steps('web.environment.LEVEL').join(), /\$\{LEVEL\}/);
    const image = steps('web.image').join();
    assert.match(image, /\$\{TAG\}.*default/);
    assert.match(image, /\$\{OUTSIDE\}.*environment/);
    assert.match(image, /\$\{EMPTY\}.*empty/);
    assert.ok(steps('web.ports').length >= 0);
  });

  test('a mapping is each value in it, and a service all of them', () => {
    assert.equal(places('web.environment').length, 2);
    assert.ok(places('web').length > 5);
    assert.ok(places('web.admin').some((place) => place.startsWith('redis:7.2')));
  });

  test('what is not there is undefined', () => {
    const found = model(shop)!;
    for (const path of ['gone', 'web.gone', 'web.dns.7', 'web.image.deeper'])
      assert.equal(explain(found, path), undefined, path);
  });
});
