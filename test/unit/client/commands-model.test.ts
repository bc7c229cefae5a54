/** The commands about effective models, with a server that is played; and what is shown of its answers. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { hoverOf, targetOf, viewOf, failedView } from '../../../client/src/commands/model/view.ts';
import { fail, ok } from '../../../client/src/docker/failure.ts';
import type {
  ModelAnswer,
  ModelLine,
  ModelParams,
  ModelProfile,
  ProjectModel,
} from '../../../server/src/protocol/model.ts';
import { stage } from './stage.ts';

const FILE = 'file:///w/compose.override.yaml';
const MAIN = 'file:///w/compose.yaml';

const place = (line: number) => ({
  uri: MAIN,
  range: { start: { line, character: 4 }, end: { line, character: 9 } },
});

const project = (profiles: readonly ModelProfile[] = []): ProjectModel => ({
  kind: 'model',
  text: 'name: w\n',
  lines: [{ path: 'name', steps: [] }],
  main: MAIN,
  profiles,
  folders: ['file:///w'],
});

const PROFILES: readonly ModelProfile[] = [
  { name: 'debug', isActive: false, services: ['shell'] },
  { name: 'site', isActive: true, services: ['web', 'worker'] },
];

interface Played {
  readonly answer?: ModelAnswer;
  readonly ticks?: readonly string[];
  readonly chosen?: ReadonlyMap<string, readonly string[]>;
  readonly shown?: string;
}

function play({ answer = project(), ticks, chosen = new Map(), shown }: Played = {}) {
  const calls: ModelParams[] = [];
  const opened: string[] = [];
  const profiles = new Map(chosen);
  const on = stage({
    app: {
      server: {
        applyFixes: () => Promise.resolve(fail({ message: 'not asked' })),
        applyEdit: () => Promise.resolve(false),
        model: (params) => {
          calls.push(params);
          return Promise.resolve(ok(answer));
        },
      },
      models: {
        show: (file) => Promise.resolve(void opened.push(file)),
        shown: () => shown,
        profiles,
      },
    },
    ...(ticks && { ticks }),
    ui: { activeDocument: () => ({ uri: FILE, name: 'compose.override.yaml' }) },
  });
  return { ...on, calls, opened, profiles };
}

const OPEN = 'dockwright.model.open';
const CHOOSE = 'dockwright.model.chooseProfiles';

describe('opening the effective Compose file', () => {
  test('of the document in the editor shows its project', async () => {
    const { run, calls, opened, asked } = play();
    assert.equal(await run(OPEN), undefined);
    assert.deepEqual(calls, [{ uri: FILE }]);
    assert.deepEqual(opened, [MAIN]);
    assert.deepEqual(asked, []);
  });

  test('of a file in the explorer takes the address that the menu hands over', async () => {
    const { run, calls } = play();
    const uri = { scheme: 'file', toString: () => 'file:///w/other/compose.yaml' };
    assert.equal(await run(OPEN, uri, [uri]), undefined);
    assert.deepEqual(calls, [{ uri: 'file:///w/other/compose.yaml' }]);
  });

  test('asks once which profiles are switched on, those of COMPOSE_PROFILES first', async () => {
    const { run, asked, opened, profiles } = play({
      answer: project(PROFILES),
      ticks: ['debug'],
    });
    assert.equal(await run(OPEN), undefined);
    assert.deepEqual(asked, [
      {
        question: 'Which profiles should be switched on?',
        choices: ['[ ] debug: shell', '[x] site: web, worker'],
      },
    ]);
    assert.deepEqual([...profiles], [[MAIN, ['debug']]]);
    assert.equal(await run(OPEN), undefined);
    assert.equal(asked.length, 1);
    assert.deepEqual(opened, [MAIN, MAIN]);
  });

  test('shows nothing when the person gives up, and remembers that none was wanted', async () => {
    const undecided = play({ answer: project(PROFILES) });
    assert.equal(await undecided.run(OPEN), undefined);
    assert.deepEqual(undecided.opened, []);
    assert.equal(undecided.profiles.size, 0);
    const none = play({ answer: project(PROFILES), ticks: [] });
    await none.run(OPEN);
    assert.deepEqual([...none.profiles], [[MAIN, []]]);
    assert.deepEqual(none.opened, [MAIN]);
  });

  test('says why where there is no file, no project and no server', async () => {
    assert.match((await stage().run(OPEN))?.message ?? '', /No file is open/);
    const lonely = play({ answer: { kind: 'none' } });
    assert.match((await lonely.run(OPEN))?.message ?? '', /no Compose project/);
    const off = stage({ ui: { activeDocument: () => ({ uri: FILE, name: 'x' }) } });
    assert.equal((await off.run(OPEN))?.message, 'no server');
  });
});

describe('choosing profiles', () => {
  test('starts with the choice of before, and shows the model again', async () => {
    const { run, asked, opened, profiles } = play({
      answer: project(PROFILES),
      chosen: new Map([[MAIN, ['debug']]]),
      ticks: ['site'],
      shown: MAIN,
    });
    assert.equal(await run(CHOOSE), undefined);
    assert.deepEqual(asked[0]?.choices, ['[x] debug: shell', '[ ] site: web, worker']);
    assert.deepEqual(profiles.get(MAIN), ['site']);
    assert.deepEqual(opened, [MAIN]);
  });

  test('keeps all where the person gives up, and says where there is nothing to choose', async () => {
    const chosen = new Map([[MAIN, ['debug']]]);
    const undecided = play({ answer: project(PROFILES), chosen, shown: MAIN });
    await undecided.run(CHOOSE);
    assert.deepEqual(undecided.profiles.get(MAIN), ['debug']);
    assert.deepEqual(undecided.opened, []);
    const without = play({ shown: MAIN });
    assert.equal(await without.run(CHOOSE), undefined);
    assert.match(without.said[0] ?? '', /No service of this project has profiles/);
    assert.match((await play().run(CHOOSE))?.message ?? '', /No effective Compose file is shown/);
    const gone = play({ shown: MAIN, answer: { kind: 'none' } });
    assert.match((await gone.run(CHOOSE))?.message ?? '', /no Compose project/);
  });
});

describe('what is shown', () => {
  const good = viewOf(project(), undefined);
  const refused: ProjectModel = {
    ...project(),
    kind: 'refused',
    text: '# Compose would refuse this project:\n# compose.yaml:3:5 no\n',
    lines: [
      { path: '', steps: [] },
      { path: '', at: place(2), steps: [] },
    ],
  };
  const whole = (view: { readonly text: string; readonly lines: readonly ModelLine[] }): void =>
    assert.equal(view.lines.length, view.text.split('\n').length - 1);

  test('a refusal says why, and leaves the last good model below, whose lines still lead', () => {
    const view = viewOf(refused, good);
    whole(view);
    assert.match(
      view.text,
      /^# Compose would refuse[^]*\n# compose\.yaml:3:5 no\n[^]*\n\nname: w\n$/,
    );
    assert.equal(view.lines.at(-1)?.path, 'name');
    const again = viewOf({ ...refused, text: '# other\n', lines: [{ path: '', steps: [] }] }, view);
    whole(again);
    assert.equal(again.text.match(/name: w/g)?.length, 1);
    assert.equal(viewOf(project(), again).text, 'name: w\n');
  });

  test('a refusal of a project that was never good is a page as well', () => {
    const view = viewOf(refused, undefined);
    whole(view);
    assert.match(view.text, /As soon as Compose would run it, the model stands here\.\n$/);
  });

  test('a project that is gone, and a server that is off, are told above it', () => {
    for (const view of [viewOf({ kind: 'none' }, good), failedView('It is\noff.', good)]) {
      whole(view);
      assert.match(view.text, /^# [^]*\n\nname: w\n$/);
    }
    assert.equal(failedView('It is\noff.', undefined).text, '# It is\n# off.\n');
  });
});

describe('a hover', () => {
  const names = { name: (uri: string) => uri.replace('file:///w/', '') };

  test('says the key, the place and each step, with links', () => {
    const line: ModelLine = {
      path: 'services.web.image',
      at: place(2),
      steps: [{ what: '${V} is set in a file', at: place(0) }, { what: 'By *default*.' }],
    };
    assert.equal(
      hoverOf(line, names),
      [
        '**services\\.web\\.image**',
        'Written at [compose\\.yaml:3](file:///w/compose.yaml#L3,5)',
        '- \\$\\{V\\} is set in a file ([compose\\.yaml:1](file:///w/compose.yaml#L1,5))\n- By \\*default\\*\\.',
      ].join('\n\n'),
    );
  });

  test('says what it knows, and nothing of a bare comment', () => {
    assert.equal(hoverOf({ path: 'name', steps: [] }, names), '**name**');
    assert.equal(hoverOf({ path: '', steps: [] }, names), undefined);
    assert.equal(hoverOf(undefined, names), undefined);
    assert.match(hoverOf({ path: '', at: place(1), steps: [] }, names) ?? '', /^Written at/);
  });

  test('its links end where they should', () => {
    const odd = { ...place(0), uri: 'file:///w/a(1)/compose.yaml' };
    assert.equal(targetOf(odd), 'file:///w/a%281%29/compose.yaml#L1,5');
  });
});
