import { defineRule } from '../../core/rule.ts';
import { appendToChain } from '../../dockerfile/append-command.ts';
import type { DockerfileModel, Instruction } from '../../dockerfile/model.ts';
import {
  isUnder,
  laterCalls,
  packageCallsIn,
  type PlacedCall,
  spanOf,
  titleOf,
} from '../../dockerfile/package-runs.ts';
import { usesLists } from '../../dockerfile/package-lists.ts';
import { leftBy } from '../../dockerfile/package-stores.ts';
import type { PackageCall } from '../../dockerfile/packages.ts';
import { isKept } from '../../dockerfile/runs.ts';
import type { DockerfileSubject } from '../subject.ts';

export const cleanPackageLists = defineRule<DockerfileSubject, Left>({
  id: 'dockerfile/clean-package-lists',
  meta: {
    summary: 'Remove the lists of packages in the RUN that loads them.',
    why: 'The lists and caches of a package manager take 20 to 300 MB, are of no use in a container, and are out of date the day after. What a later RUN removes stays in the layer below, and everybody goes on pulling it.',
    fix: 'Adds `rm -rf /var/lib/apt/lists/*`, `dnf clean all`, `yum clean all` or `zypper clean --all` behind the last command. Nothing is added where the RUN is no plain chain of `&&`, or where a later RUN installs from those lists.',
    off: 'Where layers are squashed into one, or in images for development, in which packages are installed by hand.',
    severity: 'info',
    preset: 'recommended',
    since: '0.2.0',
    aliases: [
      'hadolint:DL3009',
      'hadolint:DL3032',
      'hadolint:DL3036',
      'hadolint:DL3040',
      'trivy:DS-0015',
      'trivy:DS-0019',
      'trivy:DS-0020',
      'trivy:DS-0027',
      'kics:df746b39-6564-4fed-bf85-e9c44382303c',
      'kics:apt_get_install_lists_were_not_deleted',
      'kics:295acb63-9246-4b21-b441-7c1f1fb62dc0',
      'kics:missing_dnf_clean_all',
      'kics:38300d1a-feb2-4a48-936a-d1ef1cd24313',
      'kics:missing_zypper_clean',
      'kics:00481784-25aa-4a55-8633-3136dfcf4f37',
      'kics:yum_clean_all_missing',
    ],
    examples: [
      'FROM debian:12.7-slim\nRUN apt-get update && apt-get install -y git\nUSER nobody\n',
    ],
  },

  *check({ model, final, settings }) {
    const found = new Map<string, Left>();
    for (const call of packageCallsIn(model)) {
      const isMild = settings.preset === 'recommended';
      const isInImage = isMild ? isUnder(final.stage, call.stage) : isKept(call.stage, model);
      // That nothing is installed from them is another finding.
      if (isMild && call.does === 'update' && !usesLists(call)) continue;
      const store = isInImage ? leftBy(call) : undefined;
      // The last call of a RUN leaves what all leave.
      if (store)
        found.set(`${call.run.instruction.span.start} ${store.folder.source}`, { call, ...store });
    }
    for (const left of found.values())
      yield {
        span: spanOf(left.call),
        data: left,
        message: `“${titleOf(left.call)}” leaves ${left.title} in the image, where nobody needs them. Run “${cleaningOf(left)}” at the end of the same RUN.`,
      };
  },

  fix: {
    safety: 'safe',
    build: ({ data: left }, { model }) => {
      const cleaning = cleaningOf(left);
      const edit = isNeededLater(left.call, model)
        ? undefined
        : appendToChain(model, left.call.run, left.call.index, cleaning);
      return edit && { title: `Run ${cleaning} at the end`, edits: [edit] };
    },
  },
});

interface Left {
  readonly call: PlacedCall;
  readonly title: string;
  readonly cleaning: (program: string) => string;
}

function cleaningOf({ call: { command, name }, cleaning }: Left): string {
  const sudo = command.words[0]?.text === 'sudo' ? 'sudo ' : '';
  return sudo + cleaning(name);
}

/** A later RUN installs from the lists that this one loads; so it may be where this one does nothing else. */
function isNeededLater(call: PlacedCall, model: DockerfileModel): boolean {
  if (call.manager !== 'apt') return false;
  if (!laterCalls(call).some(needsLists)) return true;
  const updated = new Set<Instruction>();
  for (const { manager, does, run } of packageCallsIn(model)) {
    const { instruction } = run;
    if (manager !== 'apt' || instruction.span.start <= call.run.instruction.span.start) continue;
    if (does === 'update') updated.add(instruction);
    else if (needsLists({ does }) && !updated.has(instruction)) return true;
  }
  return false;
}

const needsLists = ({ does }: Pick<PackageCall, 'does'>): boolean =>
  does === 'install' || does === 'upgrade';
