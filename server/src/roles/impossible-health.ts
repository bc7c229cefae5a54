/** Why a health check can never pass, where the files say so for certain. */
import { absenceOf, type Image } from './built-contents.ts';
import {
  type HealthCall,
  type HealthTest,
  healthCallOf,
  httpCallOf,
  isItself,
} from './health-call.ts';
import { contentsOf } from './image-contents.ts';
import { wirePortOf } from './wire-ports.ts';

export interface Impossible {
  /** What and why, and what to do: two sentences. */
  readonly message: string;
  /** Which word of the check is wrong; undefined for its script, or the whole. */
  readonly word: number | undefined;
}

/** `isBrought` says whether something else brings a program: a mount, or a command that installs it at the start. */
export function impossibleHealth(
  test: HealthTest,
  image: Image,
  isBrought: (program: string) => boolean,
): Impossible | undefined {
  const call = healthCallOf(test);
  return (
    withoutShell(test, image) ??
    (call && (missingProgram(call, image, isBrought) ?? wrongProtocol(call, image))) ??
    plainShell(test, image)
  );
}

function withoutShell(test: HealthTest, image: Image): Impossible | undefined {
  if (image.instructions || test.kind === 'words') return undefined;
  if (contentsOf(image.program)?.hasShell !== false) return undefined;
  return {
    word: undefined,
    message:
      'The health check is run by a shell, and there is none in this image, so it never passes. Call a program of the image itself in the form ["CMD", …], or switch the check off.',
  };
}

function missingProgram(
  call: HealthCall,
  image: Image,
  isBrought: (program: string) => boolean,
): Impossible | undefined {
  const path = /^(?:(?:\/usr)?(?:\/local)?\/s?bin\/)?([\w.-]+)$/.exec(call.program);
  const name = path?.[1];
  if (name === undefined || isBrought(name)) return undefined;
  const absence = absenceOf(name, image);
  if (!absence) return undefined;
  const why = absence === 'removed' ? 'which the Dockerfile removes' : 'which is not in the image';
  return {
    word: call.inShell ? undefined : 0,
    message: `The health check calls ${name}, ${why}, so it never passes. Use a program that is there, or ${image.instructions ? 'install it' : 'build an image that has it'}.`,
  };
}

function wrongProtocol(call: HealthCall, { program }: Image): Impossible | undefined {
  const http = httpCallOf(call);
  if (!http || !isItself(http.host)) return undefined;
  const wire = wirePortOf(program, http.port);
  if (!wire || wire.answersHttp) return undefined;
  const advice =
    wire.protocol === 'FastCGI'
      ? 'Open the port instead: php -r "exit(@fsockopen(\'127.0.0.1\', 9000) ? 0 : 1);".'
      : 'Use the program for it that the image brings along.';
  return {
    word: call.inShell ? undefined : http.index,
    message: `The health check speaks HTTP to port ${http.port}, which speaks ${wire.protocol}, so it never passes. ${advice}`,
  };
}

/** `/dev/tcp` is a feature of bash that other shells take for a missing file. */
function plainShell(test: HealthTest, image: Image): Impossible | undefined {
  if (test.kind === 'words' || !/^[^'"]*[<>]\s*\/dev\/(tcp|udp)\//.test(test.script))
    return undefined;
  if (image.instructions || contentsOf(image.program)?.isPlainShell !== true) return undefined;
  return {
    word: undefined,
    message:
      'The health check opens /dev/tcp, which only bash knows, and the shell of this image is another one, so it never passes. Call bash by name where the image has it, or another program.',
  };
}
