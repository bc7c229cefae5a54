/** All that is refused in one file without variables, extends and includes: for tests. */
import { factsMemo, type FactsMemo } from '../../../../server/src/compose/consistency/facts.ts';
import { projectChecker } from '../../../../server/src/compose/consistency/checker.ts';
import type { CheckedProject } from '../../../../server/src/compose/consistency/project.ts';
import { serviceConsistency } from '../../../../server/src/compose/consistency/service.ts';
import { topConsistency } from '../../../../server/src/compose/consistency/top.ts';
import type { Refusal } from '../../../../server/src/compose/refusal.ts';
import {
  schemaRefusalsOfRoot,
  schemaRefusalsOfService,
  schemaRefusalsOfTop,
} from '../../../../server/src/compose/schema/refusals.ts';
import type { MapValue, Value } from '../../../../server/src/compose/value.ts';
import { entriesOf, servicesOf } from '../schema/corpus.ts';

const SECTIONS = ['networks', 'volumes', 'secrets', 'configs', 'models'] as const;

export function schemaOf(root: Value): readonly Refusal[] {
  return [
    ...schemaRefusalsOfRoot(root),
    ...servicesOf(root).flatMap(([name, map]) => schemaRefusalsOfService(map, name)),
    ...SECTIONS.flatMap((section) =>
      entriesOf(root, section).flatMap((entry) => schemaRefusalsOfTop(section, entry)),
    ),
  ];
}

/** As without any profile, where services that have one are not looked at. */
export function consistencyOf(root: Value, memo: FactsMemo = factsMemo()): readonly Refusal[] {
  const project = projectOf(root);
  return [
    ...SECTIONS.flatMap((section) =>
      entriesOf(root, section).flatMap((entry) => topConsistency(section, entry)),
    ),
    ...project.services.flatMap((service) => serviceConsistency(service)),
    ...projectChecker(memo)(project),
  ];
}

export function projectOf(root: Value): CheckedProject {
  const names = (section: string): ReadonlySet<string> =>
    new Set(entriesOf(root, section).map(({ key }) => key));
  const services = entriesOf(root, 'services').flatMap(({ key, value, source, keySpan }) =>
    value.kind === 'map' ? [{ name: key, map: value, key: { source, span: keySpan } }] : [],
  );
  const hidden = services.flatMap(({ name, map }) => {
    const profiles = profilesOf(map);
    return profiles.length === 0 ? [] : [[name, profiles] as const];
  });
  return {
    services: services.filter(({ map }) => profilesOf(map).length === 0),
    hidden: new Map(hidden),
    networks: names('networks'),
    volumes: names('volumes'),
    secrets: names('secrets'),
    configs: names('configs'),
    models: names('models'),
  };
}

function profilesOf(map: MapValue): readonly string[] {
  const profiles = map.get('profiles')?.value;
  return profiles?.kind === 'seq'
    ? profiles.items.flatMap(({ value }) => (value.kind === 'scalar' ? [value.text] : []))
    : [];
}
