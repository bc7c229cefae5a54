/** A health check for an image that is built here: with what its base has, and with what its build leaves in it. */
import { type Instruction, onOneLine } from '../dockerfile/model.ts';
import { parseImage } from '../compose/image.ts';
import { type Probe, probeOf } from './probe.ts';

export interface BuiltImage {
  /** The image at the root of the stage. */
  readonly image: string;
  /** Instructions that hold for it, inherited ones first. */
  readonly instructions: readonly Instruction[];
}

/** Undefined where no program is known to be there, or no port to ask. */
export function imageProbe({ image, instructions }: BuiltImage): Probe | undefined {
  const ports = exposedPorts(instructions);
  const starts = instructions.some(({ keyword }) => keyword === 'ENTRYPOINT');
  const known = starts ? undefined : probeOf(image);
  // With a port of its own the image runs something else than its base, or runs it elsewhere.
  if (known) return ports.length === 0 || ports.includes(known.port) ? known : undefined;
  const [port] = ports;
  if (port === undefined) return undefined;
  const opener = openers[parseImage(image).name];
  if (opener) return { port, title: `opens port ${port}`, argv: opener(port) };
  // Without -f any answer counts: what it would say, only the program knows.
  const argv = ['curl', '-sS', '-o', '/dev/null', `http://127.0.0.1:${port}/`];
  return remains('curl', instructions)
    ? { port, title: `asks port ${port} over HTTP`, argv }
    : undefined;
}

/** What base images bring along to open a port with. */
const openers: Readonly<Record<string, (port: number) => readonly string[]>> = {
  node: (port) => [
    'node',
    '-e',
    `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`,
  ],
  python: (port) => [
    'python',
    '-c',
    `import socket; socket.create_connection(('127.0.0.1', ${port}), 3)`,
  ],
  php: (port) => ['php', '-r', `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`],
  alpine: (port) => ['nc', '-z', '127.0.0.1', String(port)],
  debian: (port) => ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`],
  ubuntu: (port) => ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`],
};

function exposedPorts(instructions: readonly Instruction[]): readonly number[] {
  return instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ arguments: words }) => words.split(/\s+/))
    .map((word) => Number(/^(\d+)(\/tcp)?$/.exec(word)?.[1]))
    .filter((port) => port > 0);
}

/** Whether a package is installed and not removed again: an image that purges curl has none when it runs. */
function remains(name: string, instructions: readonly Instruction[]): boolean {
  let there = false;
  const word = new RegExp(`(^|[\\s\\\\])${name}(=\\S+)?($|[\\s\\\\;&])`);
  for (const instruction of instructions) {
    if (instruction.keyword !== 'RUN') continue;
    for (const command of onOneLine(instruction).split(/&&|\|\||;|\n/)) {
      if (!word.test(command)) continue;
      if (/\b(apt-get|apt|apk|dnf|yum|microdnf)\b.*\b(install|add)\b/.test(command)) there = true;
      if (/\b(purge|remove|del|erase|autoremove)\b/.test(command)) there = false;
    }
  }
  return there;
}
