/** What people may write for a key, shown where they wrote something else. */

/** Key → an example of its value, on one line. Only of keys that hold more than a word or a number. */
export const examples: ReadonlyMap<string, string> = new Map([
  ['additional_contexts', '{ shared: ../shared }'],
  ['aliases', '[db]'],
  ['annotations', '{ com.example.owner: web }'],
  ['args', '{ VERSION: "1.2" }'],
  ['build', '. or { context: . }'],
  ['cache_from', '["example.org/app:cache"]'],
  ['cap_add', '[NET_ADMIN]'],
  ['cap_drop', '[ALL]'],
  ['capabilities', '[gpu]'],
  ['command', '["npm", "start"]'],
  ['configs', '[site.conf]'],
  ['container_name', 'shop-web'],
  ['depends_on', '[db]'],
  ['deploy', '{ replicas: 2 }'],
  ['develop', '{ watch: [{ action: sync, path: ./src, target: /app/src }] }'],
  ['devices', '["/dev/ttyUSB0:/dev/ttyUSB0"]'],
  ['dns', '1.1.1.1'],
  ['driver_opts', '{ type: none }'],
  ['entrypoint', '["/entrypoint.sh"]'],
  ['env_file', '.env'],
  ['environment', '{ LOG_LEVEL: info }'],
  ['expose', '["3000"]'],
  ['extends', '{ file: base.yaml, service: web }'],
  ['extra_hosts', '["db:10.0.0.5"]'],
  ['group_add', '[video]'],
  ['healthcheck', '{ test: [CMD, pg_isready], interval: 10s }'],
  ['image', 'nginx:1.27'],
  ['include', '[../shared/compose.yaml]'],
  ['ipam', '{ config: [{ subnet: 10.5.0.0/16 }] }'],
  ['labels', '{ com.example.owner: web }'],
  ['limits', '{ memory: 512m }'],
  ['links', '[db]'],
  ['logging', '{ driver: json-file }'],
  ['models', '{ llm: { model: ai/smollm2 } }'],
  ['networks', '{ backend: {} }'],
  ['options', '{ max-size: 10m }'],
  ['placement', '{ constraints: [node.role == worker] }'],
  ['platforms', '[linux/amd64]'],
  ['ports', '["8080:80"]'],
  ['profiles', '[debug]'],
  ['reservations', '{ memory: 256m }'],
  ['resources', '{ limits: { memory: 512m } }'],
  ['restart', 'unless-stopped'],
  ['restart_policy', '{ condition: on-failure }'],
  ['secrets', '[db_password]'],
  ['security_opt', '["no-new-privileges:true"]'],
  ['services', '{ web: { image: "nginx:1.27" } }'],
  ['sysctls', '{ net.core.somaxconn: 1024 }'],
  ['test', '[CMD, pg_isready]'],
  ['tmpfs', '/tmp'],
  ['ulimits', '{ nofile: 65536 }'],
  ['user', '"1000:1000"'],
  ['volumes', '["data:/var/lib/data"]'],
  ['watch', '[{ action: sync, path: ./src, target: /app/src }]'],
]);

/** The same names mean something else at the top level of a file. */
export const topExamples: ReadonlyMap<string, string> = new Map([
  ['configs', '{ site.conf: { file: ./site.conf } }'],
  ['name', 'shop'],
  ['secrets', '{ db_password: { file: ./db_password.txt } }'],
  ['volumes', '{ data: {} }'],
]);

/** In a service, it is a list of names. */
export const serviceExamples: ReadonlyMap<string, string> = new Map([
  ['models', '[llm]'],
  ['networks', '[backend]'],
]);

/** What the schema says by patterns, in words to be read behind "must be". */
export const patterns: ReadonlyMap<string, string> = new Map([
  ['container_name', 'a name of two or more letters, digits, dots, dashes and underscores'],
  [
    'pull_policy',
    'always, missing, if_not_present, never, build, refresh, daily, weekly or a time such as every_12h',
  ],
]);
