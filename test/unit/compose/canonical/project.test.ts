/** Whole projects: which services run, which resources they use, and how it is printed. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { configJson, configYaml } from '../../../../server/src/compose/canonical/output.ts';
import { projectOf } from './reading.ts';

const profiled = `services:
  a: {image: x, profiles: [p1], depends_on: [b], networks: [n1]}
  b: {image: x, profiles: [p2], environment: {A: }}
  c: {image: x, depends_on: {d: {condition: service_started, required: false}}}
  d: {image: x, profiles: [p1], volumes: [vv:/x]}
networks: {n1: , n2: }
volumes: {vv: , uu: }
`;

describe('profiles', () => {
  test.each([
    [[], ['c'], ['a', 'b', 'd']],
    [['p1'], ['a', 'c', 'd'], ['b']],
    [['p2'], ['b', 'c'], ['a', 'd']],
    [['p1', 'p2'], ['a', 'b', 'c', 'd'], []],
    [['*'], ['a', 'b', 'c', 'd'], []],
  ])('%j', (profiles, running, disabled) => {
    const project = projectOf(profiled, { profiles });
    assert.deepEqual([...project.services.keys()], running);
    assert.deepEqual([...project.disabled.keys()], disabled);
  });

  test('only what a running service uses is printed', () => {
    assert.deepEqual(Object.keys(configJson(projectOf(profiled))), [
      'name',
      'networks',
      'services',
    ]);
    const { networks, volumes } = configJson(projectOf(profiled, { profiles: ['*'] }));
    assert.deepEqual(networks, {
      default: { name: 'p_default', ipam: {} },
      n1: { name: 'p_n1', ipam: {} },
    });
    assert.deepEqual(volumes, { vv: { name: 'p_vv' } });
  });

  test('all resources are there, used or not', () => {
    const { resources, used } = projectOf(profiled);
    assert.deepEqual([...resources.networks.keys()], ['n1', 'n2', 'default']);
    assert.deepEqual([...used.networks], ['default']);
  });
});

describe('keys of the current specification', () => {
  test('are kept', () => {
    const { services, models } = configJson(
      projectOf(`services:
  database:
    provider: {type: cloud, options: {type: mysql, size: 10, zones: [a, b]}}
  web:
    image: a
    depends_on: [database]
    models: {llm: {endpoint_var: LLM_URL, model_var: LLM_MODEL}}
    gpus: [{driver: nvidia, device_ids: ["0"]}]
    use_api_socket: true
    pull_policy: every_12h
    post_start: [{command: ./a.sh --now, user: root, privileged: true, environment: [A=1]}]
    pre_stop: [{command: [a]}]
    build: {context: ., provenance: true, sbom: generator=x, no_cache_filter: base}
    networks: {default: {interface_name: eth7, gw_priority: 1}}
    volumes: [{type: image, source: busybox, target: /a, image: {subpath: bin}}]
    develop: {watch: [{path: [./a, ./b], action: sync, target: /src, include: "*.ts", initial_sync: true}]}
models:
  llm: {model: ai/smollm2, context_size: 1024, runtime_flags: ["--a"]}
  other: {model: x}
`),
    );
    assert.deepEqual(models, {
      llm: { model: 'ai/smollm2', context_size: 1024, runtime_flags: ['--a'] },
    });
    assert.deepEqual(services, {
      database: {
        command: null,
        entrypoint: null,
        provider: { type: 'cloud', options: { size: ['10'], type: ['mysql'], zones: ['a', 'b'] } },
      },
      web: {
        build: {
          context: '/srv/project',
          dockerfile: 'Dockerfile',
          provenance: 'true',
          sbom: 'generator=x',
          no_cache_filter: ['base'],
        },
        develop: {
          watch: ['a', 'b'].map((path) => ({
            path: `/srv/project/${path}`,
            action: 'sync',
            target: '/src',
            exec: { command: null },
            include: ['*.ts'],
            initial_sync: true,
          })),
        },
        command: null,
        depends_on: { database: { condition: 'service_started', required: true } },
        entrypoint: null,
        gpus: [{ driver: 'nvidia', device_ids: ['0'] }],
        image: 'a',
        models: { llm: { endpoint_var: 'LLM_URL', model_var: 'LLM_MODEL' } },
        networks: { default: { gw_priority: 1, interface_name: 'eth7' } },
        pull_policy: 'every_12h',
        use_api_socket: true,
        volumes: [{ type: 'image', source: 'busybox', target: '/a', image: { subpath: 'bin' } }],
        post_start: [
          {
            command: ['./a.sh', '--now'],
            user: 'root',
            privileged: true,
            environment: { A: '1' },
          },
        ],
        pre_stop: [{ command: ['a'] }],
      },
    });
  });
});

describe('YAML', () => {
  test('leaves out what JSON shows empty, keeps extensions, quotes what YAML 1.1 would misread', () => {
    const text = `services:
  web:
    image: a
    restart: "no"
    x-note: {b: 1}
    deploy: {replicas: 2}
    develop: {watch: [{path: ., action: rebuild}]}
    ulimits: {core: 0}
    environment: {N: 1, DOLLAR: a$$b}
x-top: 2024-01-01
`;
    assert.equal(
      configYaml(projectOf(text)),
      `name: p
services:
  web:
    develop:
      watch:
        - path: /srv/project
          action: rebuild
    deploy:
      replicas: 2
    environment:
      DOLLAR: a$$b
      "N": "1"
    image: a
    networks:
      default: null
    restart: "no"
    ulimits:
      core:
        soft: 0
        hard: 0
    x-note:
      b: 1
networks:
  default:
    name: p_default
x-top: "2024-01-01T00:00:00Z"
`,
    );
  });

  test('prints the commands that JSON prints as null not at all', () => {
    const yaml = configYaml(projectOf('services: {web: {image: a, command: ""}}'));
    assert.match(yaml, /command: \[\]/);
    assert.doesNotMatch(yaml, /entrypoint/);
  });
});
