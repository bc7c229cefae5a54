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
  const known = probeOf(image);
  if (known) return known;
  const port = exposedPort(instructions);
  if (port === undefined) return undefined;
  const url = `http://127.0.0.1:${port}/`;
  if (remains('curl', instructions))
    return { title: `asks port ${port} over HTTP`, argv: ['curl', '-fsS', '-o', '/dev/null', url] };
  return byBase(parseImage(image).name, port, url);
}

/** What base images bring along: Node and Python can ask over HTTP, BusyBox has wget, and bash opens ports. */
function byBase(base: string, port: number, url: string): Probe | undefined {
  if (base === 'node') {
    const script = `fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`;
    return { title: `asks port ${port} over HTTP`, argv: ['node', '-e', script] };
  }
  if (base === 'python') {
    const script = `import urllib.request as r; r.urlopen('${url}', timeout=3)`;
    return { title: `asks port ${port} over HTTP`, argv: ['python', '-c', script] };
  }
  if (base === 'alpine' || base === 'busybox') {
    return { title: `asks port ${port} over HTTP`, argv: ['wget', '-q', '--spider', url] };
  }
  if (base === 'debian' || base === 'ubuntu') {
    return {
      title: `opens port ${port}`,
      argv: ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`],
    };
  }
  return undefined;
}

function exposedPort(instructions: readonly Instruction[]): number | undefined {
  const ports = instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ arguments: words }) => words.split(/\s+/))
    .map((word) => /^(\d+)(\/tcp)?$/.exec(word)?.[1]);
  return ports.map(Number).find((port) => Number.isInteger(port) && port > 0);
}

/** Whether a package is installed and not removed again: an image that purges curl has none when it runs. */
function remains(name: string, instructions: readonly Instruction[]): boolean {
  let there = false;
  const word = new RegExp(`(^|[\\s\\\\])${name}(=\\S+)?($|[\\s\\\\;&])`);
  for (const { keyword, arguments: script } of instructions) {
    if (keyword !== 'RUN') continue;
    for (const command of script.replace(/\\\r?\n/g, ' ').split(/&&|\|\||;|\n/)) {
      if (!word.test(command)) continue;
      if (/\b(apt-get|apt|apk|dnf|yum|microdnf)\b.*\b(install|add)\b/.test(command)) there = true;
      if (/\b(purge|remove|del|erase|autoremove)\b/.test(command)) there = false;
    }
  }
  return there;
}
