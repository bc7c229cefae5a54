/** The process as the commands see it, so that nothing but main.ts touches the real one. */

export interface Io {
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at standard output in colour. */
  readonly colors: boolean;
  /** How many columns the terminal has that standard output goes to; undefined where it goes elsewhere. */
  readonly columns: number | undefined;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** The program's own file, for threads that share its work; undefined where there are to be none. */
  readonly script: string | undefined;
  /** Lets signals and closed pipes be noticed; to be awaited between files. */
  readonly pause: () => Promise<void>;
}

/** What the process ends with. docs/command-line.md explains them to users. */
export const exitCodes = {
  /** Nothing at or above the threshold. */
  clean: 0,
  /** Findings at or above the threshold. */
  findings: 1,
  /** Usage, configuration or input error. */
  input: 2,
  /** A bug of ours. */
  bug: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
