/** Every short form and odd value: the printed form is what `docker compose config --format json` prints for it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { configJson } from '../../../../server/src/compose/canonical/output.ts';
import type { Json } from '../../../../server/src/compose/canonical/shape.ts';
import { indented, projectOf } from './reading.ts';

interface Case {
  /** The attributes of a service besides its image. */
  readonly service: string;
  /** Further top-level keys. */
  readonly top?: string;
  /** What Compose prints of the service, besides its image, null commands and the default network. */
  readonly prints?: Readonly<Record<string, Json>>;
  /** What Compose prints of the top-level keys. */
  readonly shares?: Json;
  /** Compose refuses this: the text that is to blame. */
  readonly refuses?: string;
}

type Printed = Record<string, Json>;

const folder = join(import.meta.dirname, 'cases');

/** Leaves out what every service has. */
function besidesTheUsual(service: Printed): Printed {
  const { command, entrypoint, networks, image, ...rest } = service;
  return {
    ...rest,
    ...(command !== null && { command }),
    ...(entrypoint !== null && { entrypoint }),
    ...(image !== 'x' && { image }),
    ...(networks !== undefined && JSON.stringify(networks) !== '{"default":null}' && { networks }),
  };
}

for (const name of readdirSync(folder)) {
  const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly Case[];
  describe(name, () => {
    test.each(cases.map((one) => [one.service, one] as const))('%s', (_, one) => {
      const image = one.service.startsWith('image:') ? '' : '    image: x\n';
      const text = `services:\n  o: {image: x, build: .}\n  s:\n${image}${indented(one.service)}${one.top ?? ''}\n`;
      const canonical = projectOf(text);
      if (one.refuses !== undefined) {
        assert.deepEqual(
          canonical.refusals.map(({ place }) =>
            place.source.text.slice(place.span.start, place.span.end),
          ),
          [one.refuses],
        );
        return;
      }
      assert.deepEqual(canonical.refusals, []);
      const { name: _name, services, ...shared } = configJson(canonical);
      assert.deepEqual(
        besidesTheUsual((services as Record<string, Printed>)['s'] ?? {}),
        one.prints,
      );
      if (one.shares) assert.deepEqual(shared, one.shares);
    });
  });
}
