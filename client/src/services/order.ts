/** The order in which a project's containers are started: what others depend on comes first. Pure. */
import { type Container, SERVICE_LABEL } from '../docker/model.ts';

const DEPENDS_LABEL = 'com.docker.compose.depends_on';

/** Reads the label that Compose writes (`db:service_healthy:false,cache:…`); a circle is cut where it is found. */
export function inStartOrder(containers: readonly Container[]): readonly Container[] {
  const ordered = new Set<Container>();
  const visiting = new Set<Container>();
  const visit = (container: Container): void => {
    if (ordered.has(container) || visiting.has(container)) return;
    visiting.add(container);
    const needs = dependenciesOf(container);
    for (const other of containers) {
      if (needs.includes(other.labels[SERVICE_LABEL] ?? '')) visit(other);
    }
    ordered.add(container);
  };
  containers.forEach(visit);
  return [...ordered];
}

function dependenciesOf({ labels }: Container): readonly string[] {
  const entries = (labels[DEPENDS_LABEL] ?? '').split(',');
  return entries.map((entry) => entry.split(':')[0] ?? '').filter((name) => name !== '');
}
