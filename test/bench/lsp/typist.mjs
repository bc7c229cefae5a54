// The document, and somebody who types in it, one character at a time. What is typed is in the middle of a service or
// between two instructions, so that most of the texts that a server sees are unfinished, as they are in life.

/** What is typed after a line, with the indentation of that line. */
const SERVICE_KEYS = '\nrestart: unless-stopped\nhostname: web-01.example.internal\n';
const INSTRUCTION = '\nRUN apt-get update && apt-get install -y jq=1.6-2.1 && rm -rf /tmp/x';

/**
 * Places of a Compose file: where somebody types (`offset`), what is there before the first measured key (`lead`), and
 * the keys (`snippet`). All but `top` are in the service in the middle of the file.
 */
function composePlaces(text) {
  const { name, image } = middleService(text);
  const indent = /^ */.exec(text.slice(text.lastIndexOf('\n', image - 1) + 1))[0];
  return {
    keys: { offset: image, lead: '', snippet: SERVICE_KEYS.replaceAll('\n', `\n${indent}`) },
    value: { offset: image, lead: '', snippet: '-alpine3.20-of-march' },
    comment: { offset: image, lead: `\n${indent}# `, snippet: 'kept for the reports of March' },
    name: { offset: name, lead: '', snippet: '-renamed-once' },
    newline: { offset: image, lead: '', snippet: '\n' },
    top: { offset: 0, lead: '', snippet: '# the stack\n# of March\n' },
  };
}

/** The ends of the name, and of the line `image:`, of the service that has as many services before it as behind it. */
function middleService(text) {
  const start = text.indexOf('\nservices:\n');
  const end = /^\S/m.exec(text.slice(start + '\nservices:\n'.length));
  const section = text.slice(0, end ? start + '\nservices:\n'.length + end.index : text.length);
  const names = [...section.matchAll(/^ {2}([\w.-]+):$/gm)].filter(({ index }) => index > start);
  const middle = names[names.length >> 1];
  if (!middle) throw new Error('The Compose file has no services to type in.');
  const image = /^ +image: .*$/m.exec(text.slice(middle.index));
  return {
    name: middle.index + 2 + middle[1].length,
    image: middle.index + image.index + image[0].length,
  };
}

function dockerfilePlaces(text) {
  const starts = [...text.matchAll(/^(?:RUN|COPY|ADD|ENV|ARG|LABEL|WORKDIR|EXPOSE|USER)\s/gm)]
    .map(({ index }) => index)
    // Behind a line that goes on there is no place for an instruction.
    .filter((index) => text[index - 2] !== '\\');
  const middle = starts.find((index) => index >= text.length / 2) ?? starts.at(-1);
  return { keys: { offset: middle - 1, lead: '', snippet: INSTRUCTION } };
}

/** The kinds of edits there are in a language: name → place. */
export const placesOf = (language, text) =>
  language === 'dockerfile' ? dockerfilePlaces(text) : composePlaces(text);

/** A document with a caret at a place. `type` answers each keystroke as a change of the protocol. */
export function typist(uri, language, text, { offset, lead, snippet }) {
  const head = text.slice(0, offset);
  const tail = text.slice(offset);
  const lines = head.split('\n');
  const anchor = { line: lines.length - 1, character: lines.at(-1).length };
  let version = 1;
  let typed = 0;
  let step = 1;
  let ahead = '';

  const positionAt = (count) => {
    const done = (ahead + snippet.slice(0, count)).split('\n');
    return done.length === 1
      ? { line: anchor.line, character: anchor.character + done[0].length }
      : { line: anchor.line + done.length - 1, character: done.at(-1).length };
  };
  return {
    uri,
    language,
    /** The file as it is before anything is typed. */
    text,
    /** Where the place is, in the untouched file. */
    anchor,
    indent: /^ */.exec(lines.at(-1))[0].length,
    version: () => version,
    typed: () => typed,
    caret: () => positionAt(typed),
    current: () => head + ahead + snippet.slice(0, typed) + tail,
    /** What has to be there first, in one change; undefined where that is nothing. */
    lead: () => {
      if (lead === '') return undefined;
      const start = positionAt(0);
      ahead = lead;
      version++;
      return { range: { start, end: start }, text: lead };
    },
    /** The next key: the snippet is typed to its end, then deleted, and so on, unless a direction is given. */
    type: (direction = step) => {
      step = direction;
      if (typed === snippet.length) step = -1;
      else if (typed === 0) step = 1;
      const start = step > 0 ? positionAt(typed) : positionAt(typed - 1);
      const end = positionAt(typed);
      const inserted = step > 0 ? snippet[typed] : '';
      typed += step;
      version++;
      return { range: { start, end }, text: inserted };
    },
  };
}

/** Up to this many positions all over the untouched document, each on a key or an instruction. */
export function probePositions({ language, text }, count) {
  const word = language === 'dockerfile' ? /^(?!FROM)[A-Z]+(?=\s)/ : /(?<=^\s+)[\w.-]+(?=:)/;
  const all = text.split('\n').flatMap((content, line) => {
    const found = word.exec(content);
    return found ? [{ line, character: found.index + 1 }] : [];
  });
  const taken = Math.min(count, all.length);
  return Array.from(
    { length: taken },
    (_, index) => all[Math.floor(((index + 0.5) * all.length) / taken)],
  );
}
