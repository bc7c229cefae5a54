/** The fix commands, with a server that is played. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { ok } from '../../../client/src/docker/failure.ts';
import type { ApplyFixesParams, ApplyFixesResult } from '../../../server/src/protocol/fixes.ts';
import { stage } from './stage.ts';

describe('fixing', () => {
  function withServer(answer: ApplyFixesResult, picks?: string) {
    const calls: ApplyFixesParams[] = [];
    const on = stage({
      app: {
        server: {
          applyFixes: (params) => {
            calls.push(params);
            return Promise.resolve(ok(answer));
          },
          applyEdit: () => Promise.resolve(false),
          model: () => Promise.resolve(ok({ kind: 'none' })),
        },
      },
      ...(picks !== undefined && { picks }),
      ui: { activeDocument: () => ({ uri: 'file:///w/compose.yaml', name: 'compose.yaml' }) },
    });
    return { ...on, calls };
  }

  test('a file sends its address, and says what was done', async () => {
    const { run, said, calls } = withServer({ fixed: 3, files: 1, remaining: 1, answers: [] });
    assert.equal(await run('dockwright.fix.file'), undefined);
    assert.deepEqual(calls, [{ uri: 'file:///w/compose.yaml', unsafe: true }]);
    assert.deepEqual(said, [
      'Fixed 3 problems in compose.yaml. 1 problem cannot be fixed automatically.',
    ]);
  });

  test('the workspace and one rule name no file', async () => {
    const { run, said, calls } = withServer(
      { fixed: 1, files: 2, remaining: 0, answers: [] },
      'Everything',
    );
    await run('dockwright.fix.workspace');
    await run('dockwright.fix.ruleInWorkspace', 'compose/x');
    assert.deepEqual(calls, [{ unsafe: true }, { rule: 'compose/x', unsafe: true }]);
    assert.equal(said[0], 'Fixed 1 problem in the workspace (2 files).');
    assert.equal(said[1], 'Fixed 1 problem of compose/x in the workspace (2 files).');
  });

  test('a workspace is not fixed before somebody says how far to go', async () => {
    const result = { fixed: 1, files: 1, remaining: 0, answers: [] };
    const undecided = withServer(result);
    assert.equal(await undecided.run('dockwright.fix.workspace'), undefined);
    assert.deepEqual(undecided.calls, []);
    const safe = withServer(result, 'What is safe');
    await safe.run('dockwright.fix.workspace');
    assert.deepEqual(safe.calls, [{ unsafe: false }]);
  });

  test('shows every answer that a person owes', async () => {
    const { run, said } = withServer({
      fixed: 2,
      files: 1,
      remaining: 0,
      answers: ['Set A.', 'Set B.'],
    });
    await run('dockwright.fix.file');
    assert.deepEqual(said, [
      'Fixed 2 problems in compose.yaml. You have to supply 2 answers now: Set A.',
      'Fixed 2 problems in compose.yaml.',
      '  • Set A.',
      '  • Set B.',
    ]);
  });

  test('says when there is nothing to fix, no file, no rule, no server', async () => {
    const { run, said } = withServer({ fixed: 0, files: 0, remaining: 0, answers: [] });
    await run('dockwright.fix.file');
    assert.deepEqual(said, ['There is nothing to fix in compose.yaml.']);
    const bare = stage();
    assert.match((await bare.run('dockwright.fix.file'))?.message ?? '', /No file is open/);
    assert.match((await bare.run('dockwright.fix.ruleInWorkspace'))?.message ?? '', /No rule/);
    const asked = stage({ picks: 'Everything' });
    assert.equal((await asked.run('dockwright.fix.workspace'))?.message, 'no server');
  });

  test('a crowded place asks which action it shall be', async () => {
    const choices = [
      {
        label: 'compose/x in this file',
        fix: { uri: 'file:///w/a', rule: 'compose/x', unsafe: true },
      },
      { label: 'Ignore compose/x here', edit: { changes: {} } },
      { label: 'Ignore compose/y here', edit: 'stale' },
    ];
    const choose = 'dockwright.chooseAction';
    const fixing = withServer({ fixed: 1, files: 1, remaining: 0, answers: [] }, choices[0]?.label);
    assert.equal(await fixing.run(choose, 'Which?', choices), undefined);
    assert.deepEqual(fixing.calls, [choices[0]?.fix]);
    assert.deepEqual(fixing.said, ['Fixed 1 problem of compose/x in this file.']);
    const ignoring = stage({ picks: 'Ignore compose/x here' });
    assert.equal(await ignoring.run(choose, 'Which?', choices), undefined);
    assert.deepEqual(ignoring.done, ['edit {"changes":{}}']);
    const late = stage({ picks: 'Ignore compose/y here' });
    assert.match(
      (await late.run(choose, 'Which?', choices))?.message ?? '',
      /changed in the meantime/,
    );
    const undecided = stage();
    assert.equal(await undecided.run(choose, 'Which?', choices), undefined);
    assert.deepEqual(undecided.done, []);
    assert.match((await undecided.run(choose))?.message ?? '', /nothing to choose/);
  });
});
