/** The model of what runs, the streams taken apart, the kinds of failure. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { ContainerEvent } from '../../../client/src/docker/engine.ts';
import { classify } from '../../../client/src/docker/failure.ts';
import { events, frames, logLines } from '../../../client/src/docker/frames.ts';
import { toContainer, toInventory } from '../../../client/src/docker/model.ts';
import { container, member } from './fake-engine.ts';

describe('a listed container', () => {
  const listed = (Status: string, State = 'running') =>
    toContainer({
      Id: 'abc',
      Names: ['/x'],
      Image: 'i',
      ImageID: 'sha',
      State,
      Status,
      Labels: {},
    });

  test.each([
    ['Up 2 minutes', 'none'],
    ['Up 2 minutes (healthy)', 'healthy'],
    ['Up 2 minutes (unhealthy)', 'unhealthy'],
    ['Up 1 second (health: starting)', 'starting'],
  ])('%s has health %s', (status, health) => {
    assert.equal(listed(status).health, health);
  });

  test('has an exit code when it has ended', () => {
    assert.equal(listed('Exited (137) 5 minutes ago', 'exited').exitCode, 137);
    assert.equal(listed('Up 2 minutes').exitCode, undefined);
  });

  test('with next to nothing in it is still one', () => {
    const bare = toContainer({ Id: '0123456789abcdef', Labels: null });
    assert.equal(bare.name, '0123456789ab');
    assert.equal(bare.state, 'dead');
    assert.deepEqual(bare.labels, {});
  });
});

test('containers are grouped by project and service, in an order that does not jump', () => {
  const all = [
    member('shop', 'web', { name: 'shop-web-10' }),
    member('shop', 'web', { name: 'shop-web-2' }),
    member('shop', 'db'),
    member('blog', 'db'),
    container('lonely'),
    container('half', { labels: { 'com.docker.compose.project': 'shop' } }),
  ];
  const inventory = toInventory(all);
  const names = inventory.projects.map(({ name, services }) => [
    name,
    services.map((service) => [service.name, service.containers.map((each) => each.name)]),
  ]);
  assert.deepEqual(names, [
    ['blog', [['db', ['blog-db-1']]]],
    [
      'shop',
      [
        ['db', ['shop-db-1']],
        ['web', ['shop-web-2', 'shop-web-10']],
      ],
    ],
  ]);
  assert.deepEqual(
    inventory.others.map(({ name }) => name),
    ['half', 'lonely'],
  );
  assert.deepEqual(toInventory([...all].reverse()), inventory);
});

async function* pieces(data: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < data.length; turn += 1) {
    await Promise.resolve();
    const size = sizes[turn % sizes.length] ?? 1;
    yield data.subarray(at, at + size);
    at += size;
  }
}

function frame(stream: 1 | 2, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

describe('a multiplexed stream', () => {
  test('gives the same bytes however it is cut into pieces', async () => {
    const part = fc.record({
      stream: fc.constantFrom(1 as const, 2 as const),
      data: fc.uint8Array({ maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
        async (parts, sizes) => {
          const all = Buffer.concat(
            parts.map(({ stream, data }) => frame(stream, Buffer.from(data))),
          );
          const got = await collect(frames(pieces(all, sizes)));
          for (const [number, name] of [
            [1, 'stdout'],
            [2, 'stderr'],
          ] as const) {
            const sent = parts.filter(({ stream }) => stream === number);
            const came = got.filter(({ stream }) => stream === name);
            assert.deepEqual(
              Buffer.concat(came.map(({ data }) => data)),
              Buffer.concat(sent.map(({ data }) => Buffer.from(data))),
            );
          }
        },
      ),
    );
  });

  test('that ends inside a frame or a header is not taken for whole', async () => {
    const whole = frame(1, Buffer.from('hello'));
    for (const length of [3, 8, 10]) {
      await assert.rejects(collect(frames(pieces(whole.subarray(0, length), [4]))), {
        code: 'ECONNRESET',
      });
    }
  });

  test('as log lines: split characters, both outputs, carriage returns, a last line without an end', async () => {
    const time = '2026-01-01T00:00:00.123456789Z';
    const euro = Buffer.from('€');
    const data = Buffer.concat([
      frame(1, Buffer.concat([Buffer.from(`${time} price 5 `), euro.subarray(0, 2)])),
      frame(2, Buffer.from(`${time} oops\r\n`)),
      frame(1, Buffer.concat([euro.subarray(2), Buffer.from(`\n${time} \nno end`)])),
    ]);
    const lines = await collect(logLines(frames(pieces(data, [7]))));
    assert.deepEqual(lines, [
      { time, text: 'oops', stream: 'stderr' },
      { time, text: 'price 5 €', stream: 'stdout' },
      { time, text: '', stream: 'stdout' },
      { time: '', text: 'no end', stream: 'stdout' },
    ]);
  });
});

test('the event stream passes over what is no event', async () => {
  const event = { Action: 'health_status: healthy', Actor: { ID: 'a', Attributes: { name: 'n' } } };
  const text = ['', '{broken', 'null', '{}', '7', JSON.stringify(event), ''].join('\n');
  const expected: ContainerEvent = { id: 'a', name: 'n', action: 'health_status: healthy' };
  assert.deepEqual(await collect(events(pieces(Buffer.from(text), [5]))), [expected]);
});

describe('an error is', () => {
  const where = 'unix:///x';
  const code = (value: string) => Object.assign(new Error(value), { code: value });
  test.each([
    [code('ECONNREFUSED'), 'notRunning'],
    [code('ECONNRESET'), 'notRunning'],
    [code('EACCES'), 'permissionDenied'],
    [code('EPERM'), 'permissionDenied'],
    [code('ETIMEDOUT'), 'timeout'],
    [code('ENOENT'), 'notInstalled'],
    [code('EWHATEVER'), 'unknown'],
    [new Error('socket hang up'), 'notRunning'],
    [
      Object.assign(new Error('(HTTP code 404) no such container - x'), { statusCode: 404 }),
      'gone',
    ],
    [Object.assign(new Error('x'), { statusCode: 500 }), 'refused'],
    ['text', 'unknown'],
    [undefined, 'unknown'],
    [{}, 'unknown'],
  ])('%s: %s', (error, kind) => {
    assert.equal(classify(error, { where, installed: false }).kind, kind);
  });

  test('told in the words of the engine, without the library before them', () => {
    const facts = { where, installed: true };
    const withBody = { statusCode: 500, message: 'x', json: { message: 'port is taken.' } };
    assert.deepEqual(classify(withBody, facts), { kind: 'refused', reason: 'port is taken' });
    const bare = { statusCode: 409, message: '(HTTP code 409) conflict - is paused ' };
    assert.deepEqual(classify(bare, facts), { kind: 'refused', reason: 'is paused' });
  });

  test('"not started" where Docker is installed and only the socket is missing', () => {
    const { kind } = classify(code('ENOENT'), { where, installed: true });
    assert.equal(kind, 'notRunning');
  });
});
