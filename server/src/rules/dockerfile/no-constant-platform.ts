import { defineRule } from '../../core/rule.ts';
import { flagNamed } from '../../dockerfile/flags.ts';
import type { DockerfileSubject } from '../subject.ts';

export const noConstantPlatform = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/no-constant-platform',
  meta: {
    summary: 'Leave it to the build which platform FROM takes.',
    why: 'With `--platform=linux/amd64` in the file, a build for ARM gives an image that is called ARM and holds programs for AMD64. On such machines it runs slowly under emulation, or not at all.',
    fix: 'Nothing: without the flag the image may be built for another platform. Use `$BUILDPLATFORM` for stages that run on the machine that builds, and `docker build --platform`, or `platform` in Compose, for the rest.',
    off: 'Where a program exists for one platform only. Naming the stage after its platform, as in `AS build-amd64`, says so as well.',
    severity: 'warning',
    preset: 'strict',
    since: '0.2.0',
    aliases: ['hadolint:DL3029', 'buildkit:FromPlatformFlagConstDisallowed'],
    examples: ['FROM --platform=linux/amd64 debian:12.7-slim\nUSER nobody\n'],
  },

  *check({ model: { stages } }) {
    for (const { from, name = '' } of stages) {
      const flag = flagNamed(from.flags, 'platform');
      const platform = flag?.value ?? '';
      if (!flag || platform === '' || platform.includes('$')) continue;
      if (namesOf(platform).some((part) => name.includes(part))) continue;
      yield {
        span: flag.span,
        data: undefined,
        message: `The platform is always ${platform} here, whatever the image is built for. Take the flag away, or name the stage after its platform if it has to be this one.`,
      };
    }
  },
});

/** How people write the system and the architecture in names of stages. */
function namesOf(platform: string): readonly string[] {
  return platform
    .toLowerCase()
    .split('/')
    .flatMap((part) => [part, ...(OTHER_NAMES.get(part) ?? [])]);
}

const AMD64 = ['amd64', 'x86_64', 'x86-64', 'x64'];
const ARM64 = ['arm64', 'aarch64'];

const OTHER_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['amd64', AMD64],
  ['x86_64', AMD64],
  ['arm64', ARM64],
  ['aarch64', ARM64],
  ['386', ['i386', 'x86']],
]);
