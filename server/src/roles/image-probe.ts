/** A health check for an image that is built here: with what its base has, and with what its build leaves in it. */
import type { Instruction } from '../dockerfile/model.ts';
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
  if (known && (ports.length === 0 || ports.some((port) => portsOf(known).includes(port))))
    return known;
  const [port] = ports;
  return port === undefined || known ? undefined : openPort(parseImage(image), port, instructions);
}

/** Numbers in a probe's own words: an address, or a port to open. */
function portsOf({ argv }: Probe): readonly number[] {
  const text = argv.join(' ');
  const ports = [...text.matchAll(/(?::|, )(\d{2,5})\b/g)].map(([, port]) => Number(port));
  return ports.length > 0 ? ports : text.includes('http://') ? [80] : [];
}

/** What base images bring along to open a port with. An answer is not asked for: what it would say, only the program knows. */
function openPort(
  { name }: ReturnType<typeof parseImage>,
  port: number,
  instructions: readonly Instruction[],
): Probe | undefined {
  const title = `opens port ${port}`;
  if (name === 'node') {
    const script = `require('net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;
    return { title, argv: ['node', '-e', script] };
  }
  if (name === 'python') {
    return {
      title,
      argv: ['python', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}), 3)`],
    };
  }
  if (name === 'php') {
    return { title, argv: ['php', '-r', `exit(@fsockopen('127.0.0.1', ${port}) ? 0 : 1);`] };
  }
  if (name === 'alpine' || name === 'busybox')
    return { title, argv: ['nc', '-z', '127.0.0.1', String(port)] };
  if (name === 'debian' || name === 'ubuntu')
    return { title, argv: ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`] };
  if (!remains('curl', instructions)) return undefined;
  // Without -f any answer counts.
  return {
    title: `asks port ${port} over HTTP`,
    argv: ['curl', '-sS', '-o', '/dev/null', `http://127.0.0.1:${port}/`],
  };
}

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
  for (const { keyword, arguments: script } of instructions) {
    if (keyword !== 'RUN') continue;
    for (const command of script.replace(/[\\`]\r?\n/g, ' ').split(/&&|\|\||;|\n/)) {
      if (!word.test(command)) continue;
      if (/\b(apt-get|apt|apk|dnf|yum|microdnf)\b.*\b(install|add)\b/.test(command)) there = true;
      if (/\b(purge|remove|del|erase|autoremove)\b/.test(command)) there = false;
    }
  }
  return there;
}
