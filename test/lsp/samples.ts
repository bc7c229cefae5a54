/** Texts that the stories of these tests begin with. */

/** One service, complete but for its limits: with reservations from limits to come, two things to say. */
export const oneMissing = `services:
  web:
    image: nginx:1.22
    restart: unless-stopped
    healthcheck:
      test: ["CMD", "true"]
    logging:
      driver: json-file
      options: { max-size: "10m", max-file: "3" }
    deploy:
      resources:
        reservations: { memory: 64M }
`;

/** Nothing to say about it. */
export const complete = oneMissing.replace(
  'resources:\n',
  'resources:\n        limits: { cpus: "0.5", memory: 128M }\n',
);

/** Two services that lack the same. */
export const twoBare = `services:
  a:
    image: nginx:1.22
  b:
    image: redis:7.0
`;

/** A Dockerfile in a folder whose context should have an ignore file. */
export const dockerfile = `FROM nginx:1.22
COPY . /srv
`;

export const LIMITS = 'compose/require-resource-limits';
export const RESTART = 'compose/require-restart-policy';
export const IGNORE_FILE = 'project/require-dockerignore';

const sparse = (name: string): string => `  ${name}:
    image: nginx:1.22
    healthcheck:
      test: ["CMD", "true"]
    logging:
      driver: local
    deploy:
      resources:
        reservations: { memory: 64M }
`;

/** Two services that lack the same two things: few enough for every action to be spelled out. */
export const twoSparse = `services:\n${sparse('a')}${sparse('b')}`;
