// The least that a Compose server can do: parse the whole text at every change and report what is no YAML.
import { Parser, Composer, LineCounter } from 'yaml';
import { pushOnChange } from './push-on-change.mjs';

pushOnChange((text) => {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ keepSourceTokens: true, lineCounter: lines, logLevel: 'silent' });
  const position = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(0, line - 1), character: Math.max(0, col - 1) };
  };
  return [...composer.compose(parser.parse(text), true, text.length)].flatMap(({ errors }) =>
    errors.map(({ message, pos: [start, end] }) => ({
      range: { start: position(start), end: position(end) },
      message,
    })),
  );
});
