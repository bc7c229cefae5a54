import { insertAt } from '../../compose/insert.ts';
import type { Mount } from '../../compose/mounts.ts';
import { defineRule } from '../../core/rule.ts';
import type { Place } from '../../core/source.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireReadOnlyConfigMount = defineRule<ServiceSubject, Mount>({
  id: 'compose/require-read-only-config-mount',
  meta: {
    summary: 'Mount configuration read-only.',
    why: 'A container that can write its configuration can change it on the host: by a bug, or by whoever breaks in, and it survives the next deployment.',
    fix: 'Adds `:ro`, or `read_only: true` in the long form. Look whether the service still starts: some programs write what looks like configuration. An explicit `rw` counts as a decision, and so do folders that programs keep their state in, such as `/config`.',
    severity: 'info',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['owasp:RULE#8'],
    examples: [
      'services:\n  web:\n    image: nginx:1.27.3\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf\n',
    ],
  },

  *check({ name, mounts }) {
    for (const mount of mounts) {
      if (mount.type !== 'bind' || mount.readOnly || mount.explicit || !isConfiguration(mount))
        continue;
      const { span, source } = placeOf(mount);
      yield {
        span,
        source,
        data: mount,
        message: `Service ${name} can write to its configuration ${mount.source}, on the host. Mount it read-only.`,
      };
    }
  },

  fix: {
    // A program that does write there stops working, and nobody can see that from here.
    safety: 'unsafe',
    build: ({ data: { written, own, source } }, { file }) => {
      if (!own) return undefined;
      const title = `Mount ${source} read-only`;
      const answer = `Check that the service still starts when it cannot write to ${source}.`;
      if (written.form === 'long') {
        const edit = insertAt(file, written.map, [], [['read_only', 'true']]);
        return edit && { title, edits: [edit], answer };
      }
      const { span, style } = written.scalar;
      if (style === 'block') return undefined;
      const end = span.end - (style === 'plain' ? 0 : 1);
      return {
        title,
        edits: [{ span: { start: end, end }, newText: written.options ? ',ro' : ':ro' }],
        answer,
      };
    },
  },
});

function placeOf({ written }: Mount): Place {
  return written.form === 'short'
    ? written.scalar
    : (written.map.get('source')?.value ?? written.map);
}

const FILE = /\.(conf|cnf|cfg|ini|ya?ml|toml|properties|pem|crt|cer)$/i;

/** What programs write although it looks like configuration: certificates, state, settings changed in a browser. */
const WRITTEN =
  /^\/etc\/(letsencrypt|traefik\/acme|gitlab|pihole|dnsmasq\.d|wireguard|openvpn|crowdsec|x-ui|grafana\/data|AdGuardHome)(\/|$|\.)|acme|sentinel\.conf$/i;

/** A file or folder that is there to be read. `/config` and `/data` are where many images keep their state. */
function isConfiguration({ source, target }: Mount): boolean {
  if (WRITTEN.test(target) || /\.sock$|acme/.test(source)) return false;
  if (/^\/(config|data|var\/lib)(\/|$)|\/config$/.test(target)) return false;
  return (
    /^\/(usr\/local\/)?etc\//.test(target) ||
    FILE.test(target) ||
    target.startsWith('/docker-entrypoint-initdb.d')
  );
}
