/** Services that are there to end: migrations, seeds, tests, tools that somebody runs by hand. */
import { type Service, textOf } from '../compose/model.ts';

const WORDS =
  /^(migrate|migrations?|migrator|init|seed|seeder|setup|bootstrap|job|once|test|tests|e2e|cli|shell|tool|tools)$/i;

/** By a word of its name, by its profiles, or by how it is deployed. */
export function isJob(service: Service): boolean {
  const profiles = service.find('profiles')?.value;
  const names =
    profiles?.kind === 'seq'
      ? profiles.items.map(({ value }) => (value.kind === 'scalar' ? value.text : ''))
      : [];
  return (
    service.oneShot ||
    service.name.split(/[-_.]/).some((word) => WORDS.test(word)) ||
    names.some((name) => WORDS.test(name)) ||
    (textOf(service.find('deploy', 'mode')) ?? '').endsWith('-job')
  );
}
