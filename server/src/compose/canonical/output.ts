/** Prints a canonical project as `docker compose config` does: the same keys, types and omissions, in the same order. */
import { stringify } from 'yaml';
import { type Canonical, type Named } from './project.ts';
import { serviceShape } from './service-shape.ts';
import { type Format, isNull, type Json, printExtensions, sorted } from './shape.ts';
import { type ResourceKind, resourceShapes, RESOURCES } from './top.ts';

type JsonMap = Readonly<Record<string, Json>>;

/** What `docker compose config --format json` prints, as plain data. */
export function configJson(canonical: Canonical): JsonMap {
  const { projectName, extensions } = canonical;
  const top: [string, Json][] = [
    ['name', projectName],
    ['services', servicesOf(canonical, 'json')],
    ...resourcesOf(canonical, 'json'),
    ...Object.entries(printExtensions(extensions)),
  ];
  return escaped(sorted(top)) as JsonMap;
}

/** What `docker compose config` prints. */
export function configYaml(canonical: Canonical): string {
  const printed = {
    name: canonical.projectName,
    services: servicesOf(canonical, 'yaml'),
    ...Object.fromEntries(resourcesOf(canonical, 'yaml')),
    ...printExtensions(canonical.extensions),
  };
  return stringify(escaped(printed), {
    // Compose's writer quotes what YAML 1.1 would read as a switch or a number: "no", "on", "1:30".
    version: '1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function servicesOf({ services }: Canonical, format: Format): Json {
  return sorted(
    [...services.values()].map(({ name, map }) => [name, serviceShape.print(map, format)]),
  );
}

/** Those that a running service refers to; Compose drops the others. */
function resourcesOf({ resources, used }: Canonical, format: Format): [string, Json][] {
  return RESOURCES.flatMap((kind): [string, Json][] => {
    const kept = [...resources[kind].values()].filter(({ name }) => used[kind].has(name));
    if (kept.length === 0) return [];
    return [[kind, sorted(kept.map((one) => [one.name, resourceOf(kind, one, format)]))]];
  });
}

function resourceOf(kind: ResourceKind, { map }: Named, format: Format): Json {
  const printed = resourceShapes[kind].print(map, format) as JsonMap;
  const fromEnvironment = map.get('environment')?.value;
  if (kind !== 'configs' || !fromEnvironment || isNull(fromEnvironment)) return printed;
  const { content: _, ...rest } = printed;
  return rest;
}

/** A dollar stands twice, so that what is printed can be read again. */
function escaped(json: Json): Json {
  if (typeof json === 'string') return json.includes('$') ? json.replaceAll('$', '$$$$') : json;
  if (json === null || typeof json !== 'object') return json;
  if (isList(json)) return json.map(escaped);
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [escaped(key) as string, escaped(value)]),
  );
}

const isList = (json: readonly Json[] | JsonMap): json is readonly Json[] => Array.isArray(json);
