/** Things that are declared at the top level of a project and used by none of its services: the rules of five sections. */
import type { SectionName } from '../../compose/effective/merged.ts';
import { textOf } from '../../compose/model.ts';
import { withoutLines } from '../../compose/take-out.ts';
import type { Entry, MapValue } from '../../compose/value.ts';
import type { Edit } from '../../core/edit.ts';
import { defineRule, type Match, type Rule } from '../../core/rule.ts';
import type { ComposeProject } from '../../project/compose-project.ts';
import { isNamedBeside, isOpenEnded, isPartOfAnother } from '../../project/beside.ts';
import type { ProjectSubject } from '../subject.ts';

interface Words {
  readonly one: string;
  readonly why: string;
  /** How a service comes to use it. */
  readonly use: string;
  readonly example: string;
}

interface Data {
  readonly entry: Entry;
  readonly name: string;
  /** Nothing of the whole section is used. */
  readonly whole: boolean;
}

const words: Readonly<Record<SectionName, Words>> = {
  networks: {
    one: 'network',
    why: 'Compose creates no network that nothing joins. Who reads the file takes it for a wall between services that is not there, and often a service was meant to join it.',
    use: 'name it under networks of the service that should join it',
    example: 'networks:\n  backend:\nservices:\n  web:\n    image: nginx:1.27\n',
  },
  volumes: {
    one: 'volume',
    why: 'Often a mount was forgotten or has another name, so that data stays in the container and is lost with it. If not, a reader looks for data that is not there.',
    use: 'mount it where the data is',
    example: 'volumes:\n  data:\nservices:\n  web:\n    image: nginx:1.27\n',
  },
  secrets: {
    one: 'secret',
    why: 'A service gets no secret that it does not name: the program starts without, or takes it from a place that is less safe.',
    use: 'name it under secrets of the service that needs it',
    example:
      'secrets:\n  token:\n    environment: API_TOKEN\nservices:\n  web:\n    image: nginx:1.27\n',
  },
  configs: {
    one: 'config',
    why: 'A service gets no config that it does not name, so it runs with the defaults of its image.',
    use: 'name it under configs of the service that reads it',
    example: 'configs:\n  site:\n    content: hello\nservices:\n  web:\n    image: nginx:1.27\n',
  },
  models: {
    one: 'model',
    why: 'A model that no service names is not started, and nobody is told where it is.',
    use: 'name it under models of the service that asks it',
    example: 'models:\n  llm:\n    model: ai/smollm2\nservices:\n  web:\n    image: nginx:1.27\n',
  },
};

const OFF =
  'Where files that are kept elsewhere are merged with this one by `-f` and use what it declares. Files that lie beside it are looked at.';

/** The rule about one section. */
export function unusedRule(section: SectionName): Rule<ProjectSubject> {
  const { one, why, use, example } = words[section];
  return defineRule<ProjectSubject, Data>({
    id: `compose/no-unused-${one}`,
    meta: {
      summary: `Declare only ${section} that a service uses.`,
      why,
      fix: `Deletes the ${one} with the comments above it that are about nothing else, and the section with its last one.`,
      off: OFF,
      severity: 'info',
      preset: 'recommended',
      since: '0.2.0',
      aliases: [],
      examples: [example],
    },

    *check(subject): Iterable<Match<Data>> {
      const declared = subject.project.merged[section];
      if (declared.size === 0 || isUsedElsewhere(subject.project)) return;
      const unused = unusedOf(section, subject);
      if (unused.size === 0 || isPartOfAnother(subject.project, subject.files)) return;
      const found = [...unused].filter(
        (name) => !isNamedBeside(name, subject.project, subject.files),
      );
      for (const name of found) {
        const entry = declared.get(name);
        if (!entry) continue;
        yield {
          span: entry.keySpan,
          source: entry.source,
          data: { entry, name, whole: found.length === declared.size },
          message: `No service uses the ${one} ${name}. Delete it, or ${use}.`,
        };
      }
    },

    fix: {
      // Somebody may be about to use it.
      safety: 'unsafe',
      build: ({ data }, { project }) => {
        const edit = takenOut(project, section, data);
        return (
          edit && {
            title: data.whole
              ? `Delete ${section}, which nothing uses`
              : `Delete ${one} ${data.name}`,
            edits: [edit],
          }
        );
      },
    },
  });
}

/** What is used elsewhere, or by whom, cannot be seen here. */
function isUsedElsewhere(project: ComposeProject): boolean {
  return isOpenEnded(project) || project.services.length === 0;
}

const none: ReadonlySet<string> = new Set();

/** Linear, and over as soon as everything is seen to be used. */
function unusedOf(section: SectionName, subject: ProjectSubject): ReadonlySet<string> {
  const { project, services, referencesOf } = subject;
  const declared = project.merged[section];
  const unused = new Set(declared.keys());
  // Who names no network is on this one, and what is said of it holds for all networks that Compose makes.
  if (section === 'networks') unused.delete('default');
  for (const service of services) {
    if (unused.size === 0) return none;
    const uses = referencesOf(service).uses.filter((use) => use.section === section);
    for (const { name } of uses) unused.delete(name);
    // A name that leads nowhere is mostly one of these, and that is reported.
    if (uses.some(({ name }) => !declared.has(name) && name !== 'default')) return none;
  }
  for (const name of section === 'configs' ? credentials(subject) : []) unused.delete(name);
  return unused;
}

/** Configs that are named in another way. */
const credentials = ({ services }: ProjectSubject): readonly string[] =>
  services.map(({ find }) => textOf(find('credential_spec', 'config')) ?? '');

function takenOut(
  { file }: ComposeProject,
  section: SectionName,
  { entry, whole }: Data,
): Edit | undefined {
  for (const root of file.documents) {
    const top = root.kind === 'map' ? root.get(section) : undefined;
    if (root.kind !== 'map' || top?.value.kind !== 'map') continue;
    const own = top.value.entries.find(
      ({ source, keySpan }) => source === entry.source && keySpan.start === entry.keySpan.start,
    );
    if (own)
      return whole || top.value.entries.length === 1
        ? sectionOut(root, top)
        : entryOut(top.value, own);
  }
  return undefined;
}

const entryOut = (map: MapValue, entry: Entry): Edit | undefined =>
  withoutLines(map, entry, { comments: true });

/** The root of a file that is read in blocks is no place in one of them, but its entries are. */
const sectionOut = (root: MapValue, entry: Entry): Edit | undefined =>
  // What stands above the first key may be about the whole file.
  withoutLines({ ...root, source: entry.source }, entry, { comments: root.entries[0] !== entry });
