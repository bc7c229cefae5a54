// The files that are measured: made anew each time, always the same, as long as one likes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const images = [
  'nginx:1.27',
  'redis:7.4',
  'postgres:16.4',
  'node:20.18-alpine',
  'python:3.12-slim',
  'rabbitmq:3.13',
  'mongo:7.0',
  'traefik:v3.1',
];

/** Stages of a generated Dockerfile are this long. */
const STAGE_LENGTH = 50;

/** Five volumes are shared by all services. */
const volumes = [0, 1, 2, 3, 4].map((number) => `  data${number}: {}`);

/**
 * A Compose file of this many services, each of 25 lines: image, ports, environment, volumes, depends_on (one chain
 * through the whole file, which shows deep recursion too), health check, limits. `seed` varies images and values.
 * A file that is not `clean` has one unknown key, `restartt`, in its last service: who reports nothing there has checked
 * no schema.
 */
export function composeFile(services, { seed = 0, clean = false } = {}) {
  const blocks = Array.from({ length: services }, (_, index) => composeService(index, seed));
  const unknownKey = clean ? [] : ['    restartt: always'];
  return [
    'name: bench',
    'services:',
    ...blocks.flat(),
    ...unknownKey,
    'volumes:',
    ...volumes,
    '',
  ].join('\n');
}

function composeService(index, seed) {
  const varied = index + seed;
  const before = `svc${Math.max(0, index - 1)}`;
  const dependsOn =
    index > 0 ? ['    depends_on:', `      ${before}:`, '        condition: service_healthy'] : [];
  return [
    `  svc${index}:`,
    `    image: ${images[varied % images.length]}`,
    '    ports:',
    `      - "${10_000 + (index % 50_000)}:80"`,
    '    environment:',
    `      APP_NAME: svc${index}`,
    '      LOG_LEVEL: ${LOG_LEVEL:-info}',
    `      DATABASE_URL: postgres://user@${before}:5432/db${varied}`,
    '    volumes:',
    `      - data${index % 5}:/var/lib/data`,
    `      - ./conf/svc${index}.conf:/etc/svc.conf:ro`,
    ...dependsOn,
    '    healthcheck:',
    '      test: ["CMD-SHELL", "exit 0"]',
    '      interval: 30s',
    '      timeout: 5s',
    '      retries: 3',
    '    deploy:',
    `      replicas: ${1 + (varied % 3)}`,
    '      resources:',
    '        limits:',
    '          cpus: "0.50"',
    '          memory: 256M',
  ];
}

const logging = '{ driver: json-file, options: { max-size: 10m, max-file: "3" } }';

/** A Compose file in which each service says two things either through aliases or in full. */
export function aliasFile(services, { aliases }) {
  const [common, log] = aliases
    ? ['<<: *common', '*logging']
    : ['restart: unless-stopped', logging];
  const blocks = Array.from({ length: services }, (_, index) => [
    `  svc${index}:`,
    `    ${common}`,
    `    image: ${images[index % images.length]}`,
    `    logging: ${log}`,
  ]);
  return [
    'name: bench',
    'x-common: &common { restart: unless-stopped }',
    `x-logging: &logging ${logging}`,
    'services:',
    ...blocks.flat(),
    '',
  ].join('\n');
}

/** A Dockerfile of this many instructions, a stage every fifty, with one deprecated MAINTAINER at its end. */
export function dockerfile(instructions, seed = 0) {
  const lines = ['# syntax=docker/dockerfile:1'];
  for (let index = 0; index < instructions - 1; index++) {
    const stage = index / STAGE_LENGTH;
    if (Number.isInteger(stage)) {
      lines.push(`FROM ${stage === 0 ? 'debian:12.7-slim' : `stage${stage - 1}`} AS stage${stage}`);
    } else {
      lines.push(...instruction(index, index + seed));
    }
  }
  return [...lines, 'MAINTAINER bench@example.com', ''].join('\n');
}

function instruction(index, varied) {
  return [
    [`ADD --chmod=0644 assets/${varied}.tar.gz /opt/assets/${varied}/`],
    [`ARG VERSION_${index}=1.${varied}.0`],
    [`ENV APP_${index}=/opt/app/${varied} \\`, `    PATH_${index}="\${APP_${index}}/bin"`],
    [
      'RUN apt-get update && apt-get install -y --no-install-recommends \\',
      '    curl=8.* \\',
      '    ca-certificates \\',
      '    && rm -rf /var/lib/apt/lists/*',
    ],
    [`WORKDIR /opt/app/${varied}`],
    [`COPY --chown=1000:1000 src/${varied} ./src/${varied}`],
    [
      `RUN echo "\${VERSION_${index - 5}}" > /opt/app/${varied}.txt && chmod 0644 /opt/app/${varied}.txt`,
    ],
    [`LABEL org.example.step${index}="step ${varied}"`],
    [`EXPOSE ${1024 + (index % 60_000)}/tcp`],
    [`USER ${1000 + (index % 10)}`],
  ][index % 10];
}

/** Writes a file and the folders that it needs; answers its path. */
export function put(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The folder of a project in a generated repository. */
export const projectName = (index) => `p${String(index).padStart(4, '0')}`;

/** A repository of this many folders, each with a Compose file of ten services and a Dockerfile of twenty instructions. */
export function writeRepository(folder, projects) {
  // The end of the search for a configuration, so that nothing above this folder counts.
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (let index = 0; index < projects; index++) {
    const project = join(folder, projectName(index));
    const text = composeFile(10, { seed: index, clean: index % 10 !== 0 });
    put(join(project, 'compose.yaml'), text);
    put(join(project, 'Dockerfile'), dockerfile(20, index));
  }
  return folder;
}
