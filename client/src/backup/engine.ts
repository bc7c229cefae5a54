/** What a backup engine knows: which containers are its own, and which command makes an archive. Pure; commands are data. */

/** A command that runs inside the container and writes the archive to its standard output. */
export interface BackupPlan {
  /**
   * No shell is between us and the program, and no secret is in here: it would be seen in the process list. Where a
   * shell is needed to read a password inside the container, its text is a constant and everything else an argument.
   */
  readonly argv: readonly string[];
  /** How the archive is packed on our side. */
  readonly pack: 'gzip' | 'none';
  /** What the archive begins with, and what stands in its last 4 KiB; without it the archive is cut off. */
  readonly proof: { readonly head?: RegExp; readonly tail?: RegExp };
}

/** What is known about a container before it is asked anything. */
export interface Candidate {
  readonly image: string;
}

export interface BackupEngine {
  readonly id: string;
  readonly title: string;
  /** Of the finished file, with the dot. */
  readonly extension: string;
  readonly detects: (candidate: Candidate) => boolean;
  /** Programs that can do it, the preferred one first; the container has to have one. */
  readonly tools: readonly string[];
  readonly planBackup: (tool: string) => BackupPlan;
  /** What the tool's own words mean and what to do about them, if this engine knows. */
  readonly explain: (stderr: string) => string | undefined;
}

/** Words in an image's name that mean "something beside the database". */
const COMPANIONS: readonly string[] = [
  'admin',
  'backup',
  'client',
  'commander',
  'exporter',
  'insight',
  'operator',
  'proxy',
  'router',
  'sentinel',
];

/** Whether the last part of an image's repository has one of these words in it (`redis`, `acme/shop-redis`). */
export function imageIsOneOf(image: string, names: readonly string[]): boolean {
  const repository = image.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  const words = repository
    .slice(repository.lastIndexOf('/') + 1)
    .toLowerCase()
    .split(/[-_.]/);
  return (
    words.some((word) => names.includes(word)) && !words.some((word) => COMPANIONS.includes(word))
  );
}
