import { test } from 'vitest';
import { memoryOf } from '/work/main/server/src/engine/memory.ts';
import { modelOf } from '/work/main/server/src/engine/model.ts';
import { modelText } from '/work/main/server/src/engine/model-text.ts';
import { diskFacts } from '/work/main/server/src/files/disk.ts';
import { relative } from 'node:path';
test('x', () => {
  const facts = diskFacts(); const m = memoryOf(facts);
  const path = process.env['P']!;
  const model = modelOf({ path, profiles: ['*'], home: '/root' }, { facts, parse: m.parse, process: {} }, m.project)!;
  console.log(model.refused);
  const { text, origins } = modelText(model);
  const lines = text.split('\n'); lines.pop();
  console.log(lines.length, origins.length);
  console.log(lines.map((l, i) => { const o = origins[i]; return l.padEnd(60) + (o ? ` ${o.path}  ${o.written ? relative(path, o.written.file) + ':' + (o.written.position.line + 1) + ':' + (o.written.position.character+1) : '-'}  ${o.steps.map(s => s.what + (s.at ? ' @' + relative(path, s.at.file) + ':' + (s.at.position.line + 1) : '')).join(' | ')}` : ' !!!NONE'); }).join('\n'));
});
