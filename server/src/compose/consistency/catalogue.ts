/** The findings that refusals of Compose become: what each is about, for rules and their pages. */

export interface RefusalRule {
  readonly id: string;
  /** One sentence, imperative: what Compose asks for. */
  readonly summary: string;
  readonly why: string;
  /** What its fix does, and what it leaves to a person. */
  readonly fix: string;
  readonly severity: 'error';
  /** The same check elsewhere, as `tool:id`. */
  readonly aliases: readonly string[];
  /** A file that is refused for this once; absent where it takes another file to show it. */
  readonly example?: string;
}

const REFUSES = 'Compose refuses the whole project';

/** Every rule that the schema and the consistency checks raise, by id. */
export const refusalRules: readonly RefusalRule[] = [
  rule('compose/cannot-override', {
    summary: 'Give a key the same kind of value wherever it is said again.',
    why: `${REFUSES} where one file, parent or document says a list or a mapping and a later one something else: there is nothing to merge.`,
    fix: 'Write the same kind of value in both, or replace the earlier one with `!override`.',
    aliases: [],
    example:
      'services:\n  ml:\n    image: pytorch/pytorch:2.4.0\n    gpus: [{ count: 1 }]\n---\nservices:\n  ml:\n    gpus: all\n',
  }),
  rule('compose/conflicting-values', {
    summary: 'Say the number of containers, and limits, in one place.',
    why: `${REFUSES} where \`cpus\`, \`mem_limit\`, \`mem_reservation\`, \`pids_limit\` or \`scale\` differ from what \`deploy\` says, or where \`deploy\` has limits and leaves that one out: it cannot know which is meant.`,
    fix: 'Remove one of the two, or make them equal.',
    aliases: ['compose-go:scale-vs-replicas'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    scale: 2\n    deploy:\n      replicas: 3\n',
  }),
  rule('compose/container-name-scaled', {
    summary: 'Give a name only to a container that is the only one of its service.',
    why: `Names of containers are unique on a host, so ${REFUSES.toLowerCase()} where a service with \`container_name\` wants more than one.`,
    fix: 'Remove `container_name`, or run one container.',
    aliases: ['compose-go:container-name-with-scale'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web-1\n    scale: 2\n',
  }),
  rule('compose/dependency-cycle', {
    summary: 'Let no services wait for one another in a circle.',
    why: 'Services start in the order of `depends_on`, `links`, `volumes_from` and shared namespaces. In a circle nobody can be first, so Compose starts none.',
    fix: 'Remove one of the references; what needs the other only later can try again until it is there.',
    aliases: ['compose-go:dependency-cycle'],
    example:
      'services:\n  a:\n    image: nginx:1.27\n    depends_on: [b]\n  b:\n    image: nginx:1.27\n    depends_on: [a]\n',
  }),
  rule('compose/device-count-and-ids', {
    summary: 'Ask for a number of devices, or for certain ones.',
    why: `${REFUSES} where a request has both \`count\` and \`device_ids\`.`,
    fix: 'Remove one of the two.',
    aliases: ['compose-go:device-count-and-ids'],
    example:
      'services:\n  ml:\n    image: pytorch/pytorch:2.4.0\n    gpus:\n      - count: 1\n        device_ids: ["0"]\n',
  }),
  rule('compose/disabled-dependency', {
    summary: 'Depend only on services that run whenever their dependents do.',
    why: 'A service with profiles runs only when one of them is asked for. Compose refuses to start another that needs it and has no such profile.',
    fix: 'Give both the same profiles, take them away from the dependency, or say `required: false`.',
    aliases: ['compose-go:undefined-depends-on'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    depends_on: [debug]\n  debug:\n    image: busybox:1.36\n    profiles: [debug]\n',
  }),
  rule('compose/dockerfile-and-inline', {
    summary: 'Build from a Dockerfile, or from lines in the Compose file.',
    why: `${REFUSES} where \`build\` has both \`dockerfile\` and \`dockerfile_inline\`.`,
    fix: 'Remove one of the two.',
    aliases: ['compose-go:dockerfile-and-inline'],
    example:
      'services:\n  web:\n    build:\n      context: .\n      dockerfile: Dockerfile\n      dockerfile_inline: FROM nginx:1.27\n',
  }),
  rule('compose/duplicate-mount', {
    summary: 'Mount one thing at a path.',
    why: 'Two mounts at the same path hide one another. Recent versions of Compose refuse that; older ones leave it to chance.',
    fix: 'Remove one of them, or give it another path.',
    aliases: ['compose-go:duplicate-mount-target'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    tmpfs: /cache\n    volumes: ["./cache:/cache"]\n',
  }),
  rule('compose/extends', {
    summary: 'Extend services that exist.',
    why: `${REFUSES} where \`extends\` names a file or a service that is not there, or where services extend one another in a circle.`,
    fix: 'Correct the name or the path, or remove `extends`.',
    aliases: [],
    example: 'services:\n  web:\n    image: nginx:1.27\n    extends: base\n',
  }),
  rule('compose/external-with-options', {
    summary: 'Leave the making of what is external to whoever made it, and name it once.',
    why: `An external volume exists already. ${REFUSES} where the file also says how to make it, and where something external has two names.`,
    fix: 'Remove the other keys, or `external`.',
    aliases: ['compose-go:external-with-options'],
    example:
      'services:\n  web:\n    image: nginx:1.27\nvolumes:\n  data:\n    external: true\n    driver: local\n',
  }),
  rule('compose/healthcheck-test', {
    summary: 'Start the list of a health check with CMD, CMD-SHELL or NONE.',
    why: `The first word of the list says how the others are run; ${REFUSES.toLowerCase()} without it.`,
    fix: 'Corrects the case of the word. To put one in front is left to you: CMD runs a program, CMD-SHELL a line of shell.',
    aliases: ['compose-go:healthcheck-test-prefix'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [curl, -f, "http://localhost"]\n',
  }),
  rule('compose/include', {
    summary: 'Include files that exist, and that define nothing in another way.',
    why: `${REFUSES} where an included file is not there, where files include one another in a circle, and where two of them define the same name differently.`,
    fix: 'Correct the path, rename one of the two, or change what is included in an override file.',
    aliases: [],
    example: 'include: [databases/compose.yaml]\nservices:\n  web:\n    image: nginx:1.27\n',
  }),
  rule('compose/invalid-host-ip', {
    summary: 'Bind ports to IP addresses.',
    why: 'Compose does not look up names where it binds a port, and recent versions refuse one in `host_ip`.',
    fix: 'Write the address, such as `127.0.0.1`.',
    aliases: ['compose-go:port-host-ip-invalid'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 80\n        published: "8080"\n        host_ip: localhost\n',
  }),
  rule('compose/invalid-interpolation', {
    summary: 'Write variables so that Compose can read them.',
    why: `${REFUSES} where a \`\${\` starts no variable, be it a brace that is not closed or a dollar sign that was meant as one.`,
    fix: 'Write `${NAME}` or `${NAME:-default}`, and `$$` for a dollar sign.',
    aliases: [],
    example: 'services:\n  web:\n    image: nginx:${TAG\n',
  }),
  rule('compose/invalid-name', {
    summary: 'Name things with letters, digits, dots, dashes and underscores.',
    why: 'Names end up in host names and in the names of containers, and keys have to be text: YAML reads `5` and `true` without quotes as something else. Compose refuses both.',
    fix: 'Puts quotes around a key that is no text. Another name is left to you.',
    aliases: [],
    example: 'services:\n  my web:\n    image: nginx:1.27\n',
  }),
  rule('compose/invalid-project-name', {
    summary: 'Give the project a name that Compose can keep.',
    why: 'Of the name of a project Compose keeps lower-case letters, digits, dashes and underscores, and it has to start with a letter or digit. Where nothing is left, it refuses the project.',
    fix: 'Write another name.',
    aliases: [],
    example: 'name: "!!!"\nservices:\n  web:\n    image: nginx:1.27\n',
  }),
  rule('compose/invalid-value', {
    summary: 'Write short forms with all their parts.',
    why: `${REFUSES} for a text that it cannot take apart: a context without a path, a host without an address, an env file that it cannot read.`,
    fix: 'Add the part that is missing.',
    aliases: [],
    example:
      'services:\n  web:\n    build:\n      context: .\n      additional_contexts: [assets]\n',
  }),
  rule('compose/mount-source', {
    summary: 'Say what a bind mount mounts.',
    why: `${REFUSES} where a mount of type \`bind\` has no \`source\`.`,
    fix: 'Add the source.',
    aliases: [],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - type: bind\n        target: /data\n',
  }),
  rule('compose/negative-scale', {
    summary: 'Run no fewer containers than none.',
    why: 'Recent versions of Compose refuse a `scale` or `deploy.replicas` below zero.',
    fix: 'Write 0 or more.',
    aliases: ['compose-go:negative-scale'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    scale: -1\n',
  }),
  rule('compose/network-mode-and-networks', {
    summary: 'Join networks, or use the network of something else.',
    why: `With \`network_mode\` a service has no network of its own to join others with, so ${REFUSES.toLowerCase()} where it has both.`,
    fix: 'Remove one of the two.',
    aliases: ['compose-go:network-mode-and-networks'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    network_mode: host\n    networks: [default]\n',
  }),
  rule('compose/no-image-or-build', {
    summary: 'Say what a service runs.',
    why: `${REFUSES} where a service has neither \`image\` nor \`build\` nor \`provider\`, be it in this file or in one that it is merged with.`,
    fix: 'Add one of them.',
    aliases: ['compose-go:service-needs-image-or-build'],
    example: 'services:\n  web:\n    restart: always\n',
  }),
  rule('compose/platform-not-built', {
    summary: 'Build for the platform that the service runs on.',
    why: `${REFUSES} where \`platform\` is not among \`build.platforms\`: the image would not run.`,
    fix: 'Add the platform to `build.platforms`, or change one of the two.',
    aliases: ['compose-go:platform-not-in-build-platforms'],
    example:
      'services:\n  web:\n    platform: linux/arm64\n    build:\n      context: .\n      platforms: [linux/amd64]\n',
  }),
  rule('compose/required-variable', {
    summary: 'Set what the file requires.',
    why: `${REFUSES} where a variable with \`:?\` is set to nothing, as in \`PASSWORD=\` that somebody meant to fill in. Where no file sets it at all, the environment may; that is not reported.`,
    fix: 'Set the variable in `.env`.',
    aliases: [],
  }),
  rule('compose/schema', {
    summary: 'Write values as the Compose specification wants them.',
    why: `${REFUSES} for one value of the wrong kind: a text where a list has to be, a duration without a unit, a port that is none.`,
    fix: 'Corrects the case of words. All else is left to you.',
    aliases: [],
    example: 'services:\n  web:\n    image: nginx:1.27\n    ports: "8080:80"\n',
  }),
  rule('compose/secret-source', {
    summary: 'Say once where a secret or a config comes from.',
    why: `${REFUSES} where a secret or config has no source (\`file\`, \`environment\`, for configs \`content\`, or \`external\`), or several.`,
    fix: 'Add a source, or remove all but one.',
    aliases: ['compose-go:secret-needs-source'],
    example: 'services:\n  web:\n    image: nginx:1.27\nsecrets:\n  token: {}\n',
  }),
  rule('compose/undefined-config', {
    summary: 'Use configs that are declared.',
    why: `${REFUSES} where a service uses a config that is not declared at the top level.`,
    fix: 'Corrects a slip of the pen.',
    aliases: ['compose-go:undefined-config'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    configs: [site]\n',
  }),
  rule('compose/undefined-context', {
    summary: 'Take contexts for a build from services that are built.',
    why: `${REFUSES} where \`additional_contexts\` names a service that does not exist, or has no \`build\`.`,
    fix: 'Corrects a slip of the pen.',
    aliases: ['compose-go:additional-context-service'],
    example:
      'services:\n  web:\n    build:\n      context: .\n      additional_contexts:\n        base: service:base\n',
  }),
  rule('compose/undefined-model', {
    summary: 'Use models that are declared.',
    why: `${REFUSES} where a service uses a model that is not declared at the top level.`,
    fix: 'Corrects a slip of the pen.',
    aliases: ['compose-go:undefined-model'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    models: [llm]\n',
  }),
  rule('compose/undefined-network', {
    summary: 'Join networks that are declared.',
    why: `${REFUSES} where a service joins a network that is not declared at the top level.`,
    fix: 'Corrects a slip of the pen, or declares the network.',
    aliases: ['compose-go:undefined-network'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    networks: [backend]\n',
  }),
  rule('compose/undefined-secret', {
    summary: 'Use secrets that are declared.',
    why: `${REFUSES} where a service, or its build, uses a secret that is not declared at the top level.`,
    fix: 'Corrects a slip of the pen.',
    aliases: ['compose-go:undefined-secret', 'compose-go:build-secret'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    secrets: [token]\n',
  }),
  rule('compose/undefined-service', {
    summary: 'Refer to services that exist.',
    why: `${REFUSES} where \`depends_on\`, \`links\`, \`volumes_from\`, \`network_mode\` or another shared namespace names a service that does not exist.`,
    fix: 'Corrects a slip of the pen.',
    aliases: ['compose-go:undefined-depends-on'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [database]\n',
  }),
  rule('compose/undefined-volume', {
    summary: 'Mount volumes that are declared.',
    why: `${REFUSES} where a service mounts a named volume that is not declared at the top level. A path begins with a dot, a slash or ~.`,
    fix: 'Corrects a slip of the pen, or declares the volume.',
    aliases: ['compose-go:undefined-volume'],
    example: 'services:\n  web:\n    image: nginx:1.27\n    volumes: ["data:/data"]\n',
  }),
  rule('compose/unknown-key', {
    summary: 'Use keys that the Compose specification knows.',
    why: `${REFUSES} for a key that it does not know, be it a slip of the pen or a key that belongs elsewhere. Keys that start with \`x-\` are yours.`,
    fix: 'Corrects a slip of the pen. What belongs elsewhere is left to you.',
    aliases: [],
    example: 'services:\n  web:\n    image: nginx:1.27\n    restartt: always\n',
  }),
  rule('compose/watch-target', {
    summary: 'Say where watched files go.',
    why: `${REFUSES} where an entry of \`develop.watch\` copies files and has no \`target\`.`,
    fix: 'Add the path in the container.',
    aliases: ['compose-go:watch-target-required'],
    example:
      'services:\n  web:\n    image: nginx:1.27\n    develop:\n      watch:\n        - action: sync\n          path: ./src\n',
  }),
];

function rule(id: string, rest: Omit<RefusalRule, 'id' | 'severity'>): RefusalRule {
  return { id, severity: 'error', ...rest };
}
