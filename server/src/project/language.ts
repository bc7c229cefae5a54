/** Which files are ours, by the same names as in VS Code's own language registry. */
import { basename } from 'node:path/posix';

export type Language = 'compose' | 'dockerfile' | 'dotenv';

/** The language of a file by its name; undefined for files that are not ours. */
export function languageOf(path: string): Language | undefined {
  const name = basename(path.replaceAll('\\', '/'));
  if (isCompose(name.toLowerCase())) return 'compose';
  if (isDockerfile(name)) return 'dockerfile';
  return isDotenv(name.toLowerCase()) ? 'dotenv' : undefined;
}

/** `.env`, `.env.*`, `*.env`, `env.example`; never what a program, a lock or a key makes of one. */
function isDotenv(name: string): boolean {
  return (
    /^(\.env(\..+)?|.+\.env|env\.(example|sample))$/.test(name) &&
    !/\.([cm]?[jt]sx?|json|ya?ml|toml|md|sh|bak|gpg|enc|age|sops|vault|zip|lock)$/.test(name)
  );
}

/** `compose.yaml`, `compose.*.yaml`, `*docker*compose*.yaml`, and the same with `.yml`. */
function isCompose(name: string): boolean {
  return /^(compose(\..+)?|.*docker.*compose.*)\.ya?ml$/.test(name);
}

/** `Dockerfile`, `Dockerfile.*`, `*.dockerfile`, and the same with Containerfile; never an ignore file of one. */
function isDockerfile(name: string): boolean {
  if (/\.dockerignore$/i.test(name)) return false;
  return (
    /^(dockerfile|containerfile)(\..+)?$/i.test(name) || /\.(dockerfile|containerfile)$/i.test(name)
  );
}
