/** What programs are documented to need: `recommended` leaves it alone, `strict` reports it, and look-alikes are reported by both. */
import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { defaultSettings } from '../../../server/src/config/settings.ts';
import type { Preset } from '../../../server/src/core/rule.ts';
import { lint } from '../../../server/src/engine/lint.ts';
import { memoryFiles } from '../memory-files.ts';

/** How often a rule reports a service that says this of itself. */
function count(id: string, preset: Preset, service: string): number {
  const text = `services:\n  app:\n${service.replace(/^/gm, '    ')}\n`;
  const path = '/shop/compose.yaml';
  const settings = { ...defaultSettings, preset, only: new Set([`compose/${id}`]) };
  const { findings, crashes } = lint(
    { path, text, language: 'compose' },
    settings,
    memoryFiles({ [path]: text }),
  );
  assert.deepEqual(crashes, []);
  return findings.length;
}

const uses: readonly (readonly [rule: string, service: string])[] = [
  ['no-privileged', 'image: docker:27-dind\nprivileged: true'],
  ['no-privileged', 'image: docker.io/moby/buildkit:v0.17.0\nprivileged: true'],
  ['no-privileged', 'image: rancher/k3s:v1.31.2-k3s1\nprivileged: true'],
  ['no-host-network', 'image: ghcr.io/home-assistant/home-assistant:2024.11\nnetwork_mode: host'],
  ['no-host-network', 'image: lscr.io/linuxserver/plex:1.41\nnetwork_mode: host'],
  ['no-host-pid', 'image: quay.io/prometheus/node-exporter:v1.8.2\npid: host'],
  ['no-host-pid', 'image: gcr.io/datadoghq/agent:7\npid: host'],
  ['no-host-ipc', 'image: pytorch/pytorch:2.5.1\nipc: host\ngpus: all'],
  ['no-host-ipc', 'image: pytorch/pytorch:2.5.1\nipc: host\nruntime: nvidia'],
  ['no-dangerous-capability', 'image: a/b:1\ncap_add: [SYS_ADMIN]\ndevices: [/dev/fuse]'],
  ['no-dangerous-capability', 'image: linuxserver/wireguard:1\ncap_add: [SYS_MODULE]'],
  ['no-dangerous-capability', 'image: analogj/scrutiny:1\ncap_add: [SYS_RAWIO]'],
  ['no-unconfined', 'image: a/b:1\nsecurity_opt: ["label:disable"]'],
  ['no-unconfined', 'image: moby/buildkit:rootless\nsecurity_opt: [seccomp=unconfined]'],
  ['no-unconfined', 'image: a/b:1\nsecurity_opt: [apparmor=unconfined]\ndevices: [/dev/fuse]'],
  ['no-raw-device', 'image: ghcr.io/analogj/scrutiny:1\ndevices: [/dev/sda]'],
  ['no-shared-propagation', 'image: a/b:1\nvolumes: ["/m:/m:rshared"]\ndevices: [/dev/fuse]'],
  ['no-sensitive-host-mount', 'image: a/b:1\nvolumes: ["/etc:/etc:ro"]'],
  ['no-root-user', 'image: a/b:1\nuser: root'],
  ['no-disabled-authentication', 'image: neo4j:5\nenvironment: {NEO4J_AUTH: none}'],
  ['no-disabled-authentication', 'image: traefik:v3\ncommand: --api.insecure=true'],
];

describe('uses that are documented', () => {
  test.each(uses)('%s: %s', (rule, service) => {
    assert.equal(count(rule, 'recommended', service), 0);
    assert.equal(count(rule, 'strict', service), 1);
  });
});

const alike: readonly (readonly [rule: string, service: string])[] = [
  ['no-privileged', 'image: docker:27-cli\nprivileged: true'],
  ['no-privileged', 'image: shop/not-dind:1\nprivileged: true'],
  ['no-host-network', 'image: mattermost/mattermost-team-edition:10\nnetwork_mode: host'],
  ['no-host-pid', 'image: shop/node:1\npid: host'],
  ['no-dangerous-capability', 'image: a/b:1\ncap_add: [SYS_ADMIN]\ndevices: [/dev/fuse2]'],
  ['no-unconfined', 'image: a/b:1\nsecurity_opt: [seccomp=unconfined]\ndevices: [/dev/fuse]'],
  ['no-docker-socket', 'image: jaegertracing/all-in-one:1\nvolumes: [/run/docker.sock:/s]'],
  ['no-docker-socket', 'image: jenkins/jenkins:2\nvolumes: [/var/run/docker.sock:/s:ro]'],
];

describe('look-alikes', () => {
  test.each(alike)('%s: %s', (rule, service) => {
    assert.equal(count(rule, 'recommended', service), 1);
  });
});

describe('a privileged service', () => {
  const all =
    'image: a/b:1\nprivileged: true\npid: host\nipc: host\nuts: host\nuserns_mode: host\ncap_add: [ALL]\ndevices: [/dev/sda]\nsecurity_opt: [seccomp=unconfined]\nvolumes: ["/:/host"]';

  test.each([
    ['no-privileged', 1],
    ...[
      'no-host-pid',
      'no-host-ipc',
      'no-host-uts',
      'no-host-userns',
      'no-dangerous-capability',
      'no-raw-device',
      'no-unconfined',
      'no-sensitive-host-mount',
      'require-cap-drop',
      'require-no-new-privileges',
      'require-read-only-root',
      'require-pids-limit',
      'require-user',
    ].map((rule) => [rule, 0] as const),
  ] as const)('%s is reported %d times', (rule, times) => {
    assert.equal(count(rule, 'all', all), times);
  });
});

describe('values that nobody sets', () => {
  test.each([
    ['no-privileged', 'image: a/b:1\nprivileged: ${P}'],
    ['no-docker-socket', 'image: a/b:1\nvolumes: ["${D}/docker.sock:/s"]'],
    ['no-sensitive-host-mount', 'image: a/b:1\nvolumes: ["${D}/etc:/e"]'],
    ['no-host-pid', 'image: a/b:1\npid: ${P}'],
    ['no-dangerous-capability', 'image: a/b:1\ncap_add: ["${C}SYS_ADMIN"]'],
    ['no-unconfined', 'image: a/b:1\nsecurity_opt: ["seccomp=${S}unconfined"]'],
    ['no-public-admin-interface', 'image: adminer:4\nports: ["${BIND}:8080:8080"]'],
    ['no-unencrypted-docker-api', 'image: a/b:1\nenvironment: ["D=tcp://${H}.x:2375"]'],
    ['require-user', 'image: "${IMAGE}"'],
  ])('%s is quiet', (rule, service) => {
    assert.equal(count(rule, 'all', service), 0);
  });
});
