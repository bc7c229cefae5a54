/** The lightbulb: what it offers, in which order, and what choosing does. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { editorWith, modern } from './connect.ts';
import type { ActionChoice } from '../../server/src/protocol/choices.ts';
import { startEditor } from './editor.ts';
import { LIMITS, oneMissing, RESTART, twoBare, twoSparse } from './samples.ts';

const titles = (actions: readonly { readonly title: string }[]) =>
  actions.map(({ title }) => title);

describe('the lightbulb', () => {
  test('offers the fix, then ways to ignore, where there is one problem', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    assert.deepEqual(titles(await editor.actionsAt(1)), [
      'Limit web to 1.0 CPU and 512M',
      `Ignore ${LIMITS} here`,
      `Ignore ${LIMITS} in this file`,
    ]);
    assert.deepEqual(await editor.actionsAt(0), []);
  });

  test('offers fixes, then fixes of many, then ways to ignore', async () => {
    const editor = await startEditor({ initializationOptions: { clientCommands: true } });
    await editor.open(twoSparse);
    const offered = titles(await editor.actionsAt(1));
    const kinds = offered.map((title) =>
      title.startsWith('Fix all') ? 'all' : title.startsWith('Ignore') ? 'ignore' : 'fix',
    );
    assert.deepEqual(
      kinds.filter((kind, index) => kind !== kinds[index - 1]),
      ['fix', 'all', 'ignore'],
    );
    for (const title of [
      'Restart a unless it was stopped',
      `Fix all ${RESTART} problems in this file`,
      `Fix all ${RESTART} problems in the workspace`,
      'Fix all fixable problems in this file',
      `Ignore ${RESTART} here`,
      `Ignore ${RESTART} in this file`,
    ]) {
      assert.ok(offered.includes(title), title);
    }
  });

  test('goes from the nearest to the farthest, and every action says which problems it is for', async () => {
    const editor = await startEditor({ initializationOptions: { clientCommands: true } });
    await editor.open(twoSparse);
    const actions = (await editor.actionsAt(1)).filter(({ title }) => title.startsWith('Fix all'));
    const places = titles(actions).map(
      (title) => / (of a|fixable|in this file|in the workspace)/.exec(title)?.[1],
    );
    assert.deepEqual(
      places.filter((place, index) => place !== places[index - 1]),
      ['of a', 'fixable', 'in this file', 'in the workspace'],
    );
    for (const action of actions) {
      assert.ok('diagnostics' in action && action.diagnostics.length > 0, action.title);
    }
  });

  test('asks instead of filling the screen, where many rules meet', async () => {
    const editor = await startEditor({ initializationOptions: { clientCommands: true } });
    await editor.open(twoBare);
    const actions = await editor.actionsAt(1);
    assert.deepEqual(titles(actions).slice(-4), [
      'Fix all 5 problems of a',
      'Fix all fixable problems in this file',
      'Fix all problems of one rule…',
      'Ignore a rule…',
    ]);
    const [question, choices] = actions.at(-1)?.command?.arguments as [
      string,
      readonly ActionChoice[],
    ];
    assert.equal(question, 'Ignore a rule…');
    assert.equal(choices.length, 10);
    assert.ok(
      choices.every(({ label, edit }) => /^Ignore .* (here|in this file)$/.test(label) && edit),
    );
    const [, rules] = actions.at(-2)?.command?.arguments as [string, readonly ActionChoice[]];
    const places = rules.map(({ label, fix }) => [label, fix?.uri]);
    assert.deepEqual(
      places.filter(([label]) => label?.includes(RESTART)),
      [
        [`${RESTART} in this file`, editor.uri()],
        [`${RESTART} in the workspace`, undefined],
      ],
    );
    const plain = await startEditor();
    await plain.open(twoBare);
    assert.ok(titles(await plain.actionsAt(1)).includes(`Ignore ${RESTART} here`));
  });

  test('fixes all of one service, and leaves the other as it is', async () => {
    const editor = await startEditor();
    await editor.open(twoBare);
    const before = editor.text();
    await editor.choose(1, /^Fix all \d+ problems of a/);
    assert.ok(!titles(await editor.actionsAt(1)).some((title) => title.startsWith('Fix all 5')));
    const from = (text: string): string => text.slice(text.indexOf('  b:'));
    assert.equal(from(editor.text()), from(before));
    assert.match(editor.text(), /a:[\s\S]*restart: unless-stopped[\s\S]*max-file[\s\S]*b:/);
  });

  test('names the workspace only to a client that has the command', async () => {
    const editor = await startEditor();
    await editor.open(twoSparse);
    assert.ok(!titles(await editor.actionsAt(1)).some((title) => title.includes('workspace')));
    const able = await startEditor({ initializationOptions: { clientCommands: true } });
    await able.open(twoSparse);
    const action = (await able.actionsAt(1)).find(({ title }) => title.includes('workspace'));
    assert.equal(action?.command?.command, 'dockwright.fix.ruleInWorkspace');
    assert.equal(action.command.arguments?.length, 1);
  });

  test('prefers safe fixes, and says what unsafe ones leave to do', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing.replace('nginx:1.22', 'nginx:latest'));
    const fixes = (await editor.actionsAt(1)).filter(
      ({ title }) => !/^(Fix all|Ignore)/.test(title),
    );
    assert.deepEqual(
      fixes.map(({ isPreferred }) => isPreferred),
      [true],
    );
    const [unsafe] = await editor.actionsAt(2);
    assert.equal(unsafe?.isPreferred, false);
    assert.match(
      unsafe.title,
      /\(then: set \S+ in \.env to the version of nginx that you tested\)$/,
    );
  });

  test.each([
    [['quickfix'], true, false],
    [['quickfix.other'], false, false],
    [['refactor'], false, false],
    [['source'], false, true],
    [['source.fixAll'], false, true],
    [['source.fixAll.dockwright'], false, true],
    [['source.fixAll.eslint'], false, false],
    [['source.organizeImports'], false, false],
    [[''], true, true],
    [['quickfix', 'source.fixAll'], true, true],
  ])('asked for %j only', async (only, quick, source) => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const kinds = new Set((await editor.actionsAt(1, only)).map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), [
      ...(quick ? ['quickfix'] : []),
      ...(source ? ['source.fixAll.dockwright'] : []),
    ]);
  });

  test('leaves alone what other servers found', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const [own] = await editor.diagnostics();
    assert.deepEqual(await editor.actionsFor([{ ...own!, source: 'hadolint' }]), []);
    assert.deepEqual(await editor.actionsFor([{ ...own!, code: 'no/such-rule' }]), []);
    await editor.change(twoBare);
    assert.deepEqual(await editor.actionsFor([]), []);
    assert.equal(editor.seen.checks.length, 1, 'and nothing is checked for a moving cursor');
  });
});

describe('a fix', () => {
  test('changes its place and nothing else', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    await editor.choose(1, /^Limit web/);
    const added = '        limits:\n          cpus: "1.0"\n          memory: 512M\n';
    assert.equal(editor.text().replace(added, ''), oneMissing);
    assert.notEqual(editor.text(), oneMissing);
    assert.deepEqual(await editor.rules(), []);
  });

  test('keeps CRLF', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing.replaceAll('\n', '\r\n'));
    await editor.choose(1, /^Limit web/);
    assert.doesNotMatch(editor.text(), /[^\r]\n/);
    assert.deepEqual(await editor.rules(), []);
  });

  test('stands right behind emoji', async () => {
    const editor = await startEditor();
    await editor.open(
      oneMissing.replace('    restart', '    # 🐳 é\n    restart').replace('true"', '🐳"'),
    );
    await editor.choose(1, /^Limit web/);
    assert.deepEqual(await editor.rules(), []);
    assert.ok(editor.text().includes('    # 🐳 é\n'));
  });

  test('for an older version of the document is not offered', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const stale = await editor.diagnostics();
    await editor.change(`# one line more\n${oneMissing}`);
    assert.deepEqual(await editor.actionsFor(stale), []);
    assert.notDeepEqual(await editor.actionsFor(await editor.diagnostics()), []);
  });

  test('is bound to the version that it was made for', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const [fix] = await editor.actionsAt(1);
    const [change] = fix!.edit!.documentChanges!;
    assert.deepEqual(change && 'textDocument' in change && change.textDocument, {
      uri: editor.uri(),
      version: 1,
    });
  });

  test('reaches clients that do not send back what diagnostics carry', async () => {
    const editor = await startEditor();
    await editor.open(oneMissing);
    const bare = (await editor.diagnostics()).map(({ data: _data, ...rest }) => rest);
    assert.match((await editor.actionsFor(bare))[0]!.title, /^Limit web/);
    await editor.change(`# one line more\n${oneMissing}`);
    assert.deepEqual(await editor.actionsFor(bare), [], 'unless they are of another version');
  });

  test('reaches clients that know no versions', async () => {
    const editor = await startEditor({ capabilities: editorWith({}, {}) });
    await editor.open(oneMissing);
    const [fix] = await editor.actionsAt(1);
    assert.deepEqual(Object.keys(fix!.edit!), ['changes']);
    await editor.apply(fix!);
    assert.deepEqual(await editor.rules(), []);
  });
});

describe('fixes of many', () => {
  test.each([
    ['with their edits later', modern],
    ['with their edits at once', editorWith({ dataSupport: true })],
  ])('all of a rule in the file, %s', async (_how, capabilities) => {
    const editor = await startEditor({ capabilities });
    await editor.open(twoBare);
    const title = `Fix all ${RESTART} problems in this file`;
    const offered = (await editor.actionsAt(1)).find((action) => action.title === title);
    assert.equal(offered?.edit === undefined, capabilities === modern);
    await editor.apply(offered!);
    assert.equal(editor.text().match(/restart: unless-stopped/g)?.length, 2);
    const rules = await editor.rules();
    assert.ok(rules.length > 0 && !rules.some((rule) => rule.startsWith(RESTART)));
  });

  test('all that can be fixed in the file leaves nothing that can be fixed', async () => {
    const editor = await startEditor();
    await editor.open(twoBare.replace('nginx:1.22', 'nginx'));
    await editor.choose(1, 'Fix all fixable problems in this file (then: look at 1 of them)');
    assert.deepEqual(await editor.rules(), []);
  });

  test('say how many of them a person has to look at afterwards', async () => {
    const floating = twoSparse.replaceAll('nginx:1.22', 'nginx');
    const editor = await startEditor();
    await editor.open(floating);
    const rule = 'compose/no-floating-image-tag';
    const offered = titles(await editor.actionsAt(2));
    assert.ok(
      offered.includes(`Fix all ${rule} problems in this file (then: look at 2 of them)`),
      offered.join('\n'),
    );
    assert.ok(
      offered.some((title) =>
        /^Fix all \d+ problems of a \(then: look at 1 of them\)$/.test(title),
      ),
    );
    const able = await startEditor({ initializationOptions: { clientCommands: true } });
    await able.open(floating.replace(/ {4}healthcheck:\n.*\n/, ''));
    const all = await able.actionsFor(await able.diagnostics());
    const question = all.find(({ title }) => title.startsWith('Fix all problems of one rule'));
    const [, choices] = question?.command?.arguments as [string, readonly ActionChoice[]];
    const labels = choices.map(({ label }) => label);
    assert.ok(labels.includes(`${rule} in this file (then: look at 2 of them)`), labels.join('\n'));
    assert.ok(labels.includes(`${RESTART} in this file`), labels.join('\n'));
  });

  test('one that was offered for an older version does nothing', async () => {
    const editor = await startEditor();
    await editor.open(twoBare);
    const all = (await editor.actionsAt(1)).find(({ title }) =>
      title.startsWith('Fix all fixable'),
    );
    await editor.change(`# one line more\n${twoBare}`);
    await editor.apply(all!);
    assert.equal(editor.text(), `# one line more\n${twoBare}`);
  });
});
