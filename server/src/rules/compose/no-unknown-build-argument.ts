import type { Place } from '../../core/source.ts';
import type { Entry } from '../../compose/value.ts';
import { nearest } from '../../core/nearest.ts';
import { defineRule } from '../../core/rule.ts';
import type { DockerfileModel } from '../../dockerfile/model.ts';
import type { ServiceSubject } from '../subject.ts';

export const noUnknownBuildArgument = defineRule<ServiceSubject, undefined>({
  id: 'compose/no-unknown-build-argument',
  meta: {
    summary: 'Pass only arguments that the Dockerfile takes.',
    why: 'A build argument without an `ARG` of its name does nothing: the image is built with the default, and the build says so in one line that nobody reads.',
    fix: 'Nothing: whether the argument or the `ARG` is missing is not in the files.',
    off: 'Where the Dockerfile is changed before the build. Arguments that every build knows, such as proxies and platforms, are not reported.',
    severity: 'warning',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [],
    examples: [],
  },

  *check({ find, context }) {
    const entry = find('build', 'args');
    const dockerfile = context?.dockerfile;
    if (!entry || !dockerfile || isForeign(dockerfile)) return;
    const taken = argumentsOf(dockerfile);
    for (const { name, place } of passedIn(entry)) {
      if (taken.has(name) || PREDEFINED.test(name)) continue;
      const near = nearest(name, taken);
      yield {
        ...place,
        data: undefined,
        message: `The Dockerfile has no ARG ${name}, so passing it does nothing. ${near === undefined ? 'Add the ARG where it is used, or leave it out.' : `Did you mean ${near}?`}`,
      };
    }
  },
});

interface Passed {
  readonly name: string;
  readonly place: Place;
}

/** The arguments of a build in both forms; names that hang on a variable are left out. */
function passedIn({ value }: Entry): readonly Passed[] {
  if (value.kind === 'map')
    return value.entries.map(({ key, source, keySpan }) => ({
      name: key,
      place: { source, span: keySpan },
    }));
  if (value.kind !== 'seq') return [];
  return value.items.flatMap(({ value: item }) => {
    if (item.kind !== 'scalar' || item.value === null) return [];
    const [name = ''] = (item.template ?? item.text).split('=');
    return name === '' || name.includes('$')
      ? []
      : [{ name, place: { source: item.source, span: item.span } }];
  });
}

function argumentsOf({ preamble, stages }: DockerfileModel): ReadonlySet<string> {
  const all = [...preamble, ...stages.flatMap(({ instructions }) => instructions)];
  return new Set(
    all
      .filter(({ keyword }) => keyword === 'ARG')
      .flatMap(({ properties }) => properties.map(({ name }) => name)),
  );
}

/** What the builder knows without an ARG. */
const PREDEFINED =
  /^(HTTP_PROXY|HTTPS_PROXY|FTP_PROXY|NO_PROXY|ALL_PROXY|SOURCE_DATE_EPOCH|(BUILDKIT|TARGET|BUILD(PLATFORM|OS|ARCH|VARIANT)$).*)$/i;

/** Another frontend than Docker's own may know other arguments. */
function isForeign({ text }: DockerfileModel): boolean {
  const syntax = /^\uFEFF?#[ \t]*syntax[ \t]*=[ \t]*(\S+)/i.exec(text)?.[1];
  return syntax !== undefined && !/^(docker\.io\/)?docker\/dockerfile/.test(syntax);
}
