/** Whether a mount is of a file or of a folder, as far as its paths say so for certain. */

/** Programs read these as files, and find nothing where one is a folder. */
const FILES =
  /^(nginx\.conf|httpd\.conf|haproxy\.cfg|Caddyfile|traefik\.(ya?ml|toml)|my\.cnf|postgresql\.conf|pg_hba\.conf|redis\.conf|mongod\.conf|php\.ini|php-fpm\.conf|www\.conf|prometheus\.ya?ml|alertmanager\.ya?ml|grafana\.ini|loki(-config)?\.ya?ml|promtail(-config)?\.ya?ml|elasticsearch\.yml|kibana\.yml|logstash\.yml|rabbitmq\.conf|enabled_plugins|mosquitto\.conf|acme\.json|docker\.sock|crontab|localtime|supervisord\.conf|default\.conf|init\.(sql|sh|js))$/;

/** Programs look into these for files. */
const FOLDERS =
  /^(\/docker-entrypoint-initdb\.d|\/docker-entrypoint\.d|\/etc\/nginx\/(conf\.d|templates|snippets|sites-enabled)|\/etc\/(mysql|mariadb)\/conf\.d|\/usr\/share\/nginx\/html|\/var\/www\/html|\/usr\/local\/apache2\/htdocs|\/etc\/prometheus|\/etc\/grafana\/provisioning(\/(dashboards|datasources|alerting|plugins))?|\/var\/lib\/(mysql|postgresql(\/data)?|grafana|redis)|\/usr\/local\/etc\/php\/conf\.d|\/etc\/letsencrypt|\/data\/(db|caddy))$/;

/** What a path in the container has to be; undefined for all that programs decide themselves. */
export function kindOfTarget(target: string): 'file' | 'directory' | undefined {
  if (target.endsWith('/') || FOLDERS.test(target)) return 'directory';
  return FILES.test(lastOf(target)) ? 'file' : undefined;
}

/** Names that people give to what they write and put under version control. */
const WRITTEN =
  /\.(conf|cfg|cnf|ini|ya?ml|toml|json5?|xml|properties|sh|bash|sql|js|ts|py|rb|lua|vcl|hcl|tmpl|tpl|j2|template|rules|html?|css|php|md)$|^(Caddyfile|Corefile|crontab|nginx\.conf)$/i;

/** What programs keep there themselves, and make when they first start. */
const MADE =
  /(^|[/_.-])(acme|data|state|store|db|database|cache|users?|sessions?|tokens?|known_hosts)\.(json5?|ya?ml|xml|ini|sql)$/i;

/** Whether a mount wants a file that somebody has to write: both ends are called like one. */
export function isWrittenFile(source: string, target: string): boolean {
  return (
    WRITTEN.test(lastOf(source)) &&
    extensionOf(source) === extensionOf(target) &&
    !MADE.test(source)
  );
}

/** Whether a mount wants a folder of files that somebody has to write: the program only reads there. */
export function isWrittenFolder(target: string, readOnly: boolean): boolean {
  return (
    readOnly && /^\/docker-entrypoint(-initdb)?\.d$|\/(conf\.d|provisioning)(\/|$)/.test(target)
  );
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function extensionOf(path: string): string {
  const name = lastOf(path);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(dot).toLowerCase();
}
