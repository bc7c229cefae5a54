/** A later file over an earlier one, attribute by attribute, as `docker compose config` shows it. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { lists } from './lists.rows.ts';
import { mappings } from './mappings.rows.ts';
import { entries, entryOf, plain, refusals, resolving, serviceOf } from './resolving.ts';
import { tags } from './tags.rows.ts';

const indented = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');

/** Two files that say one attribute each, and what comes of it. */
function over(base: string, later: string): ReturnType<typeof resolving> {
  return resolving({
    'compose.yaml': `services:\n  a:\n    image: i\n${indented(base)}`,
    'compose.override.yaml': `services:\n  a:\n${indented(later)}`,
  });
}

describe('a service in two files', () => {
  test.each([...mappings, ...lists, ...tags])('$what', ({ earlier, later, key, merged }) => {
    const project = over(earlier, later);
    assert.deepEqual(plain(serviceOf(project, 'a').get(key)?.value), merged);
    assert.deepEqual(refusals(project), []);
  });

  test('the place of the service is the first file, that of a change the second', () => {
    const merged = over('logging: {driver: local}', 'logging: {options: {a: b}}');
    const service = merged.services.get('a') ?? assert.fail();
    assert.equal(service.declared.source.file, '/p/compose.yaml');
    assert.equal(service.map.source.file, '/p/compose.yaml');
    assert.deepEqual(
      service.layers.map(({ source }) => source.file),
      ['/p/compose.yaml', '/p/compose.override.yaml'],
    );
    const logging = entryOf(merged, 'a', 'logging');
    assert.equal(logging.source.file, '/p/compose.override.yaml');
    const [step] = logging.steps;
    assert.ok(step?.kind === 'override');
    assert.equal(step.at.source.file, '/p/compose.yaml');
    assert.equal(step.at.source.text.slice(step.at.span.start, step.at.span.end), 'logging');
    assert.equal(entryOf(merged, 'a', 'logging', 'driver').source.file, '/p/compose.yaml');
  });

  test('an item that hides another says which', () => {
    const merged = over('volumes: ["one:/a"]', 'volumes: ["two:/a"]');
    const list = entryOf(merged, 'a', 'volumes').value;
    const step = list.kind === 'seq' ? list.items[0]?.steps[0] : undefined;
    assert.ok(step?.kind === 'override');
    assert.equal(step.at.source.text.slice(step.at.span.start, step.at.span.end), '"one:/a"');
  });

  test.each([
    ['deploy: {replicas: 1}', 'deploy: [1]', 'deploy'],
    ['ports: ["80:80"]', 'ports: 80', 'ports'],
    ['logging: {driver: a}', 'logging: b', 'logging'],
    ['build: {context: .}', 'build: [a]', 'build'],
  ])('%s under %s is refused', (base, later, blamed) => {
    assert.deepEqual(refusals(over(base, later)), [`compose/cannot-override: ${blamed}`]);
  });
});

describe('what is not a service', () => {
  test('networks, volumes and the rest are merged by name', () => {
    const merged = resolving({
      'compose.yaml': `
services: {a: {image: i}}
networks: {n: {labels: {a: b}, driver: bridge}, gone: }
volumes: {v: , w: {labels: [a=b]}}
secrets: {s: {file: a}}
x-one: {a: 1}
`,
      'compose.override.yaml': `
networks: {n: {labels: [a=c]}, gone: !reset null}
volumes: {v: {driver: local}, w: !override {labels: {c: d}}}
secrets: !override {t: {file: b}}
x-one: {b: 2}
x-two: 2
`,
    });
    assert.deepEqual(entries(merged.networks), { n: { labels: { a: 'c' }, driver: 'bridge' } });
    assert.deepEqual(entries(merged.volumes), {
      v: { driver: 'local' },
      w: { labels: { c: 'd' } },
    });
    assert.deepEqual(entries(merged.secrets), { t: { file: 'b' } });
    assert.deepEqual(entries(merged.extensions), { 'x-one': { b: 2 }, 'x-two': 2 });
    assert.deepEqual(refusals(merged), []);
  });

  test('subnets are told apart by their address', () => {
    const merged = resolving({
      'compose.yaml':
        'networks: {n: {ipam: {config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}]}}}\n',
      'compose.override.yaml':
        'networks: {n: {ipam: {config: [{subnet: 11.0.0.0/8}, {subnet: 10.0.0.0/8, ip_range: 10.1.0.0/16}]}}}\n',
    });
    assert.deepEqual(entries(merged.networks), {
      n: {
        ipam: {
          config: [
            { subnet: '11.0.0.0/8' },
            { subnet: '10.0.0.0/8', gateway: '10.0.0.1', ip_range: '10.1.0.0/16' },
          ],
        },
      },
    });
  });

  test('the documents of a file are laid over one another, and a service can be taken away', () => {
    const merged = resolving({
      'compose.yaml': `
services: {a: {image: i, cap_add: [A]}, b: {image: j}}
---
services: {a: {cap_add: [B]}, b: !reset {}}
---
services: {a: {image: k}}
`,
    });
    assert.deepEqual([...merged.services.keys()], ['a']);
    assert.deepEqual(plain(serviceOf(merged, 'a')), { image: 'k', cap_add: ['A', 'B'] });
  });

  test('two that were merged are a list to Compose, so no key of it is reset', () => {
    const merged = resolving({
      'compose.yaml': `
services: {a: {image: i, environment: {A: a}}}
---
services: {a: {environment: {B: b}}}
---
services: {a: {environment: {A: !reset null}}}
`,
    });
    assert.deepEqual(plain(entryOf(merged, 'a', 'environment').value), { A: 'a', B: 'b' });
  });
});

describe('shapes', () => {
  test.each([
    'services: [a]\n',
    'services:\n',
    'services: {a: {image: i}}\nvolumes:\n',
    'services: {a: }\n',
    'services: {a: text}\n',
    '- a\n',
    'services: {a: {image: i, ports: [{published: 80}]}}\n',
    'services: {a: {image: i, volumes: [{type: bind}]}}\n',
  ])('%s is left to the schema', (text) => {
    assert.deepEqual(refusals(resolving({ 'compose.yaml': text })), []);
  });

  test('exposed is no fraction, which the schema would take', () => {
    const text = 'services: {a: {image: i, expose: [1.5]}}\n';
    assert.deepEqual(refusals(resolving({ 'compose.yaml': text })), ['compose/schema: 1.5']);
  });

  test('nothing behind the name of a section is no mistake where another file says more', () => {
    const merged = resolving({
      'compose.yaml': 'services: {a: {image: i}, b: }\nvolumes: {v: }\nnetworks:\n',
      'compose.override.yaml': 'services: {a: , b: {image: j}}\nvolumes:\nnetworks: {n: }\n',
    });
    assert.deepEqual(refusals(merged), []);
    assert.deepEqual(plain(serviceOf(merged, 'a')), { image: 'i' });
    assert.deepEqual(plain(serviceOf(merged, 'b')), { image: 'j' });
  });
});
