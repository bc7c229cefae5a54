/** The text of an ignore file, made from what really lies in a build context and what its Dockerfile copies. */

interface Candidate {
  readonly group: string;
  /** A pattern with a slash in front counts at the root alone: deeper down, such a name may well be source code. */
  readonly pattern: string;
  /** Matches the name of an entry. */
  readonly name: RegExp;
}

/** What no image needs: it is bulk, it is secret, or it busts the build cache. */
const candidates: readonly Candidate[] = [
  { group: 'Version control', pattern: '**/.git', name: /^\.git$/ },
  { group: 'Version control', pattern: '**/.svn', name: /^\.svn$/ },
  { group: 'Version control', pattern: '**/.hg', name: /^\.hg$/ },
  { group: 'Secrets and local settings', pattern: '**/.env', name: /^\.env$/ },
  { group: 'Secrets and local settings', pattern: '**/.env.local', name: /^\.env\.local$/ },
  { group: 'Secrets and local settings', pattern: '**/.env.*.local', name: /^\.env\..+\.local$/ },
  { group: 'Secrets and local settings', pattern: '**/*.pem', name: /\.pem$/ },
  { group: 'Secrets and local settings', pattern: '**/*.key', name: /\.key$/ },
  {
    group: 'Dependencies that the build installs itself',
    pattern: '**/node_modules',
    name: /^node_modules$/,
  },
  { group: 'Dependencies that the build installs itself', pattern: '**/.venv', name: /^\.venv$/ },
  { group: 'Caches', pattern: '**/__pycache__', name: /^__pycache__$/ },
  { group: 'Caches', pattern: '**/.cache', name: /^\.cache$/ },
  { group: 'Caches', pattern: '**/.pytest_cache', name: /^\.pytest_cache$/ },
  { group: 'Caches', pattern: '**/.mypy_cache', name: /^\.mypy_cache$/ },
  { group: 'Caches', pattern: '/coverage', name: /^coverage$/ },
  { group: 'Logs and dumps', pattern: '**/*.log', name: /\.log(\.\d+)?(\.gz)?$/ },
  { group: 'Logs and dumps', pattern: '/logs', name: /^logs$/ },
  { group: 'Logs and dumps', pattern: '**/*.dump', name: /\.dump$/ },
  { group: 'Logs and dumps', pattern: '**/*.sql.gz', name: /\.sql\.gz$/ },
  { group: 'Logs and dumps', pattern: '/backups', name: /^backups$/ },
  { group: 'Logs and dumps', pattern: '**/*.rdb', name: /\.rdb$/ },
  { group: 'Editors and systems', pattern: '**/.vscode', name: /^\.vscode$/ },
  { group: 'Editors and systems', pattern: '**/.idea', name: /^\.idea$/ },
  { group: 'Editors and systems', pattern: '**/.DS_Store', name: /^\.DS_Store$/ },
];

/** Docker reads these itself, so leaving them out of the context keeps the cache when they change. */
const own: readonly Candidate[] = [
  { group: 'What Docker reads itself', pattern: '**/Dockerfile*', name: /^Dockerfile/ },
  { group: 'What Docker reads itself', pattern: '**/compose*.y*ml', name: /^compose.*\.ya?ml$/ },
  {
    group: 'What Docker reads itself',
    pattern: '**/docker-compose*.y*ml',
    name: /^docker-compose.*\.ya?ml$/,
  },
  { group: 'What Docker reads itself', pattern: '**/.dockerignore', name: /^\.dockerignore$/ },
];

/** Whether the walk through a context may stop at this entry, because a pattern takes all of it. */
export function isTakenWhole(name: string): boolean {
  return candidates.some(
    ({ name: takes, pattern }) => takes.test(name) && !pattern.startsWith('/'),
  );
}

/** What the Dockerfile does with the context. */
export interface Use {
  /** What COPY and ADD take by name. */
  readonly sources: readonly string[];
  /** What RUN runs. */
  readonly scripts: readonly string[];
}

/**
 * `paths`: entries of the context, relative, with forward slashes. A pattern that would keep out what
 * the Dockerfile asks for by name is not written. Lines end in LF.
 */
export function suggestIgnoreFile(paths: readonly string[], { sources, scripts }: Use): string {
  const names = [...new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))];
  const atRoot = paths.filter((path) => !path.includes('/'));
  const wanted = new Set(sources.flatMap((source) => source.split('/')));
  const there = ({ name, pattern }: Candidate): boolean =>
    (pattern.startsWith('/') ? atRoot : names).some((entry) => name.test(entry));
  const words = scripts.flatMap((script) => script.split(/[\s"';&|()/]+/));
  // A build that calls git needs its folder, and one that names a file of settings needs that.
  const called = words.includes('git') ? [...words, '.git'] : words;
  const needed = ({ name }: Candidate): boolean =>
    [...wanted, ...called].some((segment) => name.test(segment));
  // .git and .env come sooner or later; the file may as well know them from the start.
  const always = candidates.filter(({ pattern }) => pattern === '**/.git' || pattern === '**/.env');
  const chosen = [...candidates, ...own].filter(
    (candidate) => (there(candidate) || always.includes(candidate)) && !needed(candidate),
  );
  const groups = [...new Set(chosen.map(({ group }) => group))];
  return groups
    .map((group) => {
      const lines = chosen
        .filter((candidate) => candidate.group === group)
        .map(({ pattern }) => pattern);
      return [`# ${group}`, ...lines, ''].join('\n');
    })
    .join('\n');
}
