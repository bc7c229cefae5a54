/** Facts are asked once, and asked again when somebody wants the news. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { ledgerOf } from '../../../server/src/engine/ledger.ts';
import type { FileFacts } from '../../../server/src/project/files.ts';
import { memoryFiles } from '../memory-files.ts';

const texts = { '/p/a': 'a', '/p/b/c': 'c' };

/** Counts what is asked. */
function counted(facts: FileFacts): { readonly facts: FileFacts; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    facts: {
      readText: (path) => (asked.push(`text ${path}`), facts.readText(path)),
      kindOf: (path) => (asked.push(`kind ${path}`), facts.kindOf(path)),
      list: (path) => (asked.push(`list ${path}`), facts.list(path)),
    },
  };
}

function askAll({ readText, kindOf, list }: FileFacts): void {
  assert.equal(readText('/p/a'), 'a');
  assert.equal(kindOf('/p/b'), 'directory');
  assert.equal(kindOf('/p/gone'), undefined);
  assert.deepEqual(
    list('/p').map(({ name }) => name),
    ['a', 'b'],
  );
}

describe('a ledger', () => {
  test('asks each question once, and says how many were asked of it', () => {
    const { facts, asked } = counted(memoryFiles(texts));
    const ledger = ledgerOf(facts);
    askAll(ledger.facts);
    askAll(ledger.facts);
    assert.equal(asked.length, 4);
    assert.equal(ledger.asked(), 8);
  });

  test('knows whether an answer has changed', () => {
    const same = memoryFiles(texts);
    const others: readonly FileFacts[] = [
      memoryFiles({ ...texts, '/p/a': 'other' }),
      memoryFiles({ ...texts, '/p/gone': 'here' }),
      { ...same, list: () => [] },
      { ...same, kindOf: () => 'file' },
    ];
    for (const other of others) {
      const ledger = ledgerOf(same);
      askAll(ledger.facts);
      assert.equal(ledger.refresh(same), false);
      assert.equal(ledger.refresh(other), true);
      assert.equal(ledger.refresh(other), false, 'all was forgotten');
    }
  });

  test('asks no entry of a directory that looks as before', () => {
    const { facts, asked } = counted(memoryFiles(texts));
    let stamp = '1';
    const stamped = { ...facts, stampOf: () => stamp };
    const ledger = ledgerOf(stamped);
    assert.equal(ledger.facts.kindOf('/p/a'), 'file');
    assert.equal(ledger.refresh(stamped), false);
    assert.equal(asked.length, 1);
    stamp = '2';
    assert.equal(ledger.refresh(stamped), false, 'it looks different, and yet nothing is');
    assert.equal(asked.length, 2);
    stamp = '3';
    assert.equal(ledger.refresh({ ...stamped, kindOf: () => undefined }), true);
  });
});
