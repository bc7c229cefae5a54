import { insertAt } from '../../compose/insert.ts';
import type { Mount } from '../../compose/mounts.ts';
import { defineRule } from '../../core/rule.ts';
import type { Span } from '../../core/span.ts';
import type { ComposeSubject } from '../subject.ts';

export const requireReadOnlyConfigMount = defineRule<ComposeSubject, Mount>({
  id: 'compose/require-read-only-config-mount',
  meta: {
    summary: 'Mount configuration read-only.',
    why: 'A container that can write its configuration can change it on the host: by a bug, or by whoever breaks in, and it survives the next deployment.',
    fix: 'Adds `:ro`, or `read_only: true` in the long form. An explicit `rw` counts as a decision, and so do folders that programs keep their state in, such as `/config`.',
    severity: 'info',
    preset: 'recommended',
    since: '0.1.0',
    aliases: ['owasp:RULE#8'],
    examples: [
      'services:\n  web:\n    image: nginx:1.27.3\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf\n',
    ],
  },

  *check({ services }) {
    for (const { name, mounts } of services) {
      for (const mount of mounts) {
        if (mount.type !== 'bind' || mount.readOnly || mount.explicit || !isConfiguration(mount))
          continue;
        yield {
          span: spanOf(mount),
          service: name,
          data: mount,
          message: `Service ${name} can write to its configuration ${mount.source}, on the host. Mount it read-only.`,
        };
      }
    }
  },

  fix: {
    safety: 'safe',
    build: ({ data: { written, own, source } }, { file }) => {
      if (!own) return undefined;
      const title = `Mount ${source} read-only`;
      if (written.form === 'long') {
        const edit = insertAt(file, written.map, [], [['read_only', 'true']]);
        return edit && { title, edits: [edit] };
      }
      const { span, style } = written.scalar;
      if (style === 'block') return undefined;
      const end = span.end - (style === 'plain' ? 0 : 1);
      return {
        title,
        edits: [{ span: { start: end, end }, newText: written.options ? ',ro' : ':ro' }],
      };
    },
  },
});

function spanOf({ written }: Mount): Span {
  return written.form === 'short'
    ? written.scalar.span
    : (written.map.get('source')?.value.span ?? written.map.span);
}

const FILE = /\.(conf|cnf|cfg|ini|ya?ml|toml|json|xml|properties|env|pem|crt|cer|key)$/i;

/** Folders below /etc that the programs themselves write to. */
const WRITTEN =
  /^\/etc\/(letsencrypt|pihole|dnsmasq\.d|wireguard|openvpn|x-ui|grafana\/data)(\/|$)/;

/** A file or folder that is there to be read. `/config` and `/data` are where many images keep their state. */
function isConfiguration({ source, target }: Mount): boolean {
  if (
    WRITTEN.test(target) ||
    /^\/(config|data|var\/lib)(\/|$)/.test(target) ||
    source.endsWith('.sock')
  )
    return false;
  return (
    /^\/(usr\/local\/)?etc\//.test(target) ||
    FILE.test(target) ||
    target.startsWith('/docker-entrypoint-initdb.d') ||
    /(^|\/)(config|conf|conf\.d)(\/|$)/.test(source)
  );
}
