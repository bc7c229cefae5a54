/** The sample stack is whole, its configuration is sound, and every one of its faults is still in it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, test } from 'vitest';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly restart?: string;
  readonly ports?: readonly { published: string; target: number; host_ip?: string }[];
  readonly volumes?: readonly Mount[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly networks?: Readonly<Record<string, unknown>>;
}
interface Mount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly read_only?: boolean;
}
interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly driver?: string }>>;
}

const run = promisify(execFile);
const sample = 'docker/stack';
const text = (file: string): string => readFileSync(join(sample, file), 'utf8');
const captures = (file: string, pattern: RegExp): readonly (string | undefined)[] =>
  [...text(file).matchAll(pattern)].map(([, captured]) => captured);

let folder: string;
let project: Project;

/** No variable of ours may leak into the sample. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(TWLAN|COMPOSE)_/.test(name)),
);
const docker = async (cwd: string, ...args: readonly string[]): Promise<string> =>
  (await run('docker', args, { cwd, env })).stdout;

/** What Compose itself makes of the copy, with every profile. */
const config = async (...options: readonly string[]): Promise<Project> => {
  const args = ['-f', 'compose.yaml', ...options, '--profile', '*', 'config', '--format', 'json'];
  return JSON.parse(await docker(folder, 'compose', ...args)) as Project;
};
const service = (name: string): Service => project.services[`twlan-${name}`]!;
const mounts = (): readonly Mount[] =>
  Object.values(project.services).flatMap(({ volumes }) => volumes ?? []);
const conditions = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service(name).depends_on ?? {}).map(([on, { condition }]) => [on, condition]),
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dockwright-stack-'));
  cpSync(sample, folder, { recursive: true });
  rmSync(join(folder, '.env'), { force: true });
  project = await config();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sample stack', () => {
  test('has nine services with their images and builds', () => {
    const made = Object.entries(project.services).map(([name, { image, build }]) => [
      name,
      image ?? build?.dockerfile,
    ]);
    assert.deepEqual(Object.fromEntries(made), {
      'twlan-legacy': 'docker/Dockerfile.legacy',
      'twlan-db': 'mariadb:10.11',
      'twlan-php': 'docker/Dockerfile.modern',
      'twlan-web': 'nginx:1.27-alpine',
      'twlan-redis': 'redis:7-alpine',
      'twlan-admin': 'phpmyadmin:latest',
      'twlan-prometheus': 'prom/prometheus:latest',
      'twlan-grafana': 'grafana/grafana:latest',
      'twlan-backup': 'alpine:latest',
    });
    assert.equal(service('php').build?.context, folder);
    const ports = Object.values(project.services).flatMap((each) => each.ports ?? []);
    const published = ports.map((each) => `${each.published}:${each.target}`).toSorted();
    const table = '3000:3000 3307:3306 6379:6379 8080:80 8100:80 8200:80 8443:443 9090:9090';
    assert.deepEqual(published, table.split(' '));
  });

  test('shows eight services without the profile of the old world', async () => {
    const names = await docker(folder, 'compose', 'config', '--services');
    assert.equal(names.trim().split('\n').length, 8);
  });

  test('has 15 named volumes, all used, 14 bind mounts and one bridge network', () => {
    const used = mounts().filter(({ type }) => type === 'volume');
    assert.equal(new Set(used.map(({ source }) => source)).size, 15);
    assert.equal(Object.keys(project.volumes).length, 15);
    assert.equal(mounts().filter(({ type }) => type === 'bind').length, 14);
    assert.deepEqual(Object.keys(project.networks), ['twlan-network']);
    assert.equal(project.networks['twlan-network']?.driver, 'bridge');
    for (const { networks } of Object.values(project.services)) {
      assert.deepEqual(Object.keys(networks ?? {}), ['twlan-network']);
    }
  });

  test('has 23 variables, each with one default, the same as in .env.example', async () => {
    const uses = [...text('compose.yaml').matchAll(/\$\{(\w+)(:-)?([^}]*)\}/g)];
    assert.ok(uses.every(([, , operator]) => operator === ':-'));
    const defaults = new Map(uses.map(([, name, , value]) => [name, value]));
    assert.equal(defaults.size, 23);
    assert.equal(new Set(uses.map(([whole]) => whole)).size, 23);
    const example = captures('.env.example', /^(\w+)=/gm);
    assert.deepEqual(example.toSorted(), [...defaults.keys()].toSorted());
    assert.deepEqual(await config('--env-file', '.env.example'), project);
  });

  test('finds every source of a bind mount, but for the two that it must not find', () => {
    const missing = mounts().filter(({ type, source }) => type === 'bind' && !existsSync(source));
    assert.deepEqual(
      missing.map(({ source }) => source.slice(folder.length + 1)),
      ['config/nginx/nginx.conf', 'config/nginx/sites'],
    );
  });

  test('installs 54 packages', () => {
    const installed = ['docker/Dockerfile.legacy', 'docker/Dockerfile.modern'].flatMap((file) => {
      const [, list = ''] = /apt-get install ([\s\S]*?)&&/.exec(text(file)) ?? [];
      return list.split(/[\s\\]+/).filter((word) => /^[a-z0-9]/.test(word));
    });
    assert.equal(new Set(installed).size, 54);
    assert.equal(installed.length, 54);
  });

  test('is in its state before the first pass', () => {
    assert.doesNotMatch(
      text('compose.yaml'),
      /^\s+(deploy|logging|labels|mem_limit|cpus|secrets):/m,
    );
    assert.ok(!existsSync(join(sample, '.dockerignore')));
    for (const file of ['docker/Dockerfile.legacy', 'docker/Dockerfile.modern']) {
      assert.doesNotMatch(text(file), /^(LABEL|USER|HEALTHCHECK)\b/m);
    }
    const idle = Object.entries(project.services).filter(([, { restart }]) => !restart);
    assert.deepEqual(idle.map(([name]) => name).toSorted(), ['twlan-admin', 'twlan-backup']);
  });

  test('differs from its model in two configuration mounts that can be written to', () => {
    const writable = mounts().filter(({ type, read_only }) => type === 'bind' && !read_only);
    assert.deepEqual(writable.map(({ source }) => source.slice(folder.length + 1)).toSorted(), [
      'app',
      'config/grafana/datasources',
      'config/mariadb/my.cnf',
    ]);
  });

  test('its paper points at the lines that it speaks of', () => {
    const pointers = [...text('README.md').matchAll(/`([^`\s]+):(\d+)` \(`([^`]+)`\)/g)];
    assert.ok(pointers.length >= 30);
    for (const [pointer, file, line, content] of pointers) {
      const there = text(file!).split('\n')[Number(line) - 1] ?? '';
      assert.ok(there.includes(content!), `${pointer}, but there is: ${there}`);
    }
  });
});

describe('its thirteen wrong things', () => {
  test('1: PHP is asked over HTTP on its FastCGI port, and the web server waits for it', () => {
    assert.equal(service('php').healthcheck?.test.join(' '), 'CMD curl -f http://localhost:9000');
    assert.deepEqual(conditions('web'), { 'twlan-php': 'service_healthy' });
    assert.match(text('docker/nginx/sites/twlan.conf'), /fastcgi_pass twlan-php:9000;/);
    assert.match(text('AUDIT.md'), /Works, FPM answers on port 9000/);
  });

  test('2: the legacy image has removed the curl that its health check calls', () => {
    assert.equal(service('legacy').healthcheck?.test[1], 'curl');
    const image = text('docker/Dockerfile.legacy');
    assert.match(image, /^FROM debian:12-slim$/m);
    assert.ok(
      image.indexOf('apt-get purge -y --auto-remove curl') > image.indexOf('    curl \\\n'),
    );
    assert.equal(service('web').healthcheck?.test[1], 'wget');
  });

  test('3: the legacy image installs a package that Debian 12 does not have', () => {
    assert.match(text('docker/Dockerfile.legacy'), /^ {4}libaio1t64 \\$/m);
    assert.match(text('AUDIT.md'), /54 of 54 available in Debian 12/);
  });

  test('4: Redis and MariaDB are open on every interface, without a secret', () => {
    for (const name of ['redis', 'db']) {
      assert.ok(service(name).ports?.every(({ host_ip }) => host_ip === undefined));
    }
    assert.doesNotMatch(text('config/redis/redis.conf'), /^requirepass/m);
    assert.match(text('config/redis/redis.conf'), /^protected-mode no$/m);
    assert.equal(service('db').environment?.['MYSQL_ROOT_PASSWORD'], 'twlan_root_2025');
    assert.equal(service('db').environment?.['MYSQL_PASSWORD'], 'twlan_secure_2025');
    assert.equal(
      service('grafana').environment?.['GF_SECURITY_ADMIN_PASSWORD'],
      'twlan_grafana_2025',
    );
  });

  test('5: the backup copies the directory of a running database', () => {
    const live = service('backup').volumes?.find(({ source }) => source === 'db-data');
    assert.equal(live?.target, '/var/lib/mysql');
    assert.equal(live.read_only, true);
    assert.match(text('scripts/backup/backup.sh'), /tar -czf .* -C \/var\/lib\/mysql/);
  });

  test('6: Prometheus scrapes ports that serve no metrics', () => {
    const targets = captures('config/prometheus/prometheus.yml', /'(twlan-[^']+)'/g).join(' ');
    assert.equal(targets, 'twlan-web:80 twlan-php:9000 twlan-db:3306 twlan-redis:6379');
  });

  test('7: a build step that fails is not seen to fail', () => {
    const image = text('docker/Dockerfile.legacy');
    assert.match(image, /^RUN chmod -R 755 \/opt\/twlan\/bin \|\| true$/m);
    assert.doesNotMatch(image, /mkdir.*\bbin\b|COPY.*\bbin\/? *$/m);
  });

  test('8: images float on latest', () => {
    const floating = Object.values(project.services).filter(({ image }) =>
      image?.endsWith(':latest'),
    );
    assert.equal(floating.length, 4);
    assert.match(text('docker/Dockerfile.modern'), /^COPY --from=composer:latest /m);
  });

  test('9: the engine makes directories of the nginx files that are not there', async () => {
    assert.ok(!existsSync(join(sample, 'config/nginx')));
    assert.ok(statSync(join(sample, 'docker/nginx/nginx.conf')).isFile());
    assert.ok(statSync(join(sample, 'docker/nginx/sites')).isDirectory());

    const copy = mkdtempSync(join(tmpdir(), 'dockwright-stack-nginx-'));
    cpSync(sample, copy, { recursive: true });
    writeFileSync(join(copy, 'local.yaml'), 'services:\n  twlan-web:\n    image: nginx:1.22\n');
    const compose = ['compose', '-f', 'compose.yaml', '-f', 'local.yaml'];
    try {
      // `run` publishes no ports, so that no port of the machine can be in the way.
      const command = [...compose, 'run', '--rm', '--no-deps', 'twlan-web', 'nginx', '-t'];
      await assert.rejects(docker(copy, ...command), /not a directory/);
      assert.ok(statSync(join(copy, 'config/nginx/nginx.conf')).isDirectory());
    } finally {
      await docker(copy, ...compose, 'down', '--volumes');
      rmSync(copy, { recursive: true, force: true });
    }
  });

  test('10: the entry point has Windows line ends, and cannot be executed', async () => {
    const script = 'docker/legacy/entrypoint.sh';
    assert.ok(
      text(script)
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith('\r')),
    );
    const place = '/usr/local/bin/entrypoint.sh';
    const mount = `type=bind,source=${join(folder, script)},target=${place},readonly`;
    const command = ['run', '--rm', '--mount', mount, '--entrypoint', place, 'busybox:1.35'];
    await assert.rejects(docker(folder, ...command), /no such file or directory/);
  });

  test('11: five health checks on nine services are called all healthy', () => {
    const checked = Object.entries(project.services).filter(([, { healthcheck }]) => healthcheck);
    const names = checked.map(([name]) => name.slice('twlan-'.length)).toSorted();
    assert.deepEqual(names, ['db', 'legacy', 'php', 'redis', 'web']);
    assert.match(text('AUDIT.md'), /All services healthy/);
  });

  test('12: a smaller build context is claimed, and no figure was measured', () => {
    assert.match(text('AUDIT.md'), /40 % smaller \(about 500 MB → 300 MB\)/);
  });

  test('13: two papers give different start conditions for Redis', () => {
    const claims = captures('AUDIT.md', /`twlan-php` \| `twlan-redis` \| `(\w+)`/g);
    assert.deepEqual(claims, ['service_started', 'service_healthy']);
    assert.deepEqual(conditions('php'), {
      'twlan-db': 'service_healthy',
      'twlan-redis': 'service_healthy',
    });
  });
});
