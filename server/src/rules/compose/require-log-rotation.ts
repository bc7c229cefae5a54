import { insertAt } from '../../compose/insert.ts';
import { textOf } from '../../compose/model.ts';
import type { Addition, Line } from '../../core/addition.ts';
import { defineRule } from '../../core/rule.ts';
import type { ServiceSubject } from '../subject.ts';

export const requireLogRotation = defineRule<ServiceSubject, undefined>({
  id: 'compose/require-log-rotation',
  meta: {
    summary: 'Rotate the logs of every service.',
    why: 'The json-file driver never throws a line away by itself: a chatty container fills the disk, and a full disk takes the databases down.',
    fix: 'Adds `max-size` and `max-file` (10m × 3, changeable under `logging` in `.dockwright.yaml`).',
    severity: 'warning',
    preset: 'recommended',
    since: '0.1.0',
    aliases: [],
    examples: ['services:\n  cache:\n    image: redis:7.2\n'],
  },

  *check({ name, nameSpan, complete, find }) {
    const driver = find('logging', 'driver');
    // Other drivers rotate themselves (local, journald) or send the lines away.
    if (!complete || (driver && textOf(driver) !== 'json-file')) return;
    if (find('logging', 'options', 'max-size')) return;
    yield {
      span: nameSpan,
      data: undefined,
      message: `The logs of service ${name} grow without end, until the disk is full. Set logging.options.max-size and max-file.`,
    };
  },

  fix: {
    safety: 'safe',
    build: (_match, service) => {
      const { maxSize, maxFile } = service.settings.logging;
      const { path, lines } = additionOf(service);
      const edit = service.map && insertAt(service.file, service.map, path, lines);
      const title = `Rotate the logs of ${service.name} at ${maxSize} × ${maxFile}`;
      return edit && { title, edits: [edit] };
    },
    addition: (_match, service) => additionOf(service),
  },
});

function additionOf({ file, find, settings: { logging } }: ServiceSubject): Addition {
  const { quote } = file.style;
  const quoted = (value: string | number): string => `${quote}${value}${quote}`;
  const size = ['max-size', quoted(logging.maxSize)] as const;
  const count = ['max-file', quoted(logging.maxFile)] as const;
  const options = find('logging', 'options', 'max-file') ? [size] : [size, count];
  const what = `log rotation (${logging.maxSize} × ${logging.maxFile})`;
  if (find('logging')) return { what, path: ['logging', 'options'], lines: options };
  const lines: readonly Line[] = [
    ['driver', 'json-file'],
    ['options', options],
  ];
  return { what, path: ['logging'], lines };
}
