// The least that a Dockerfile server can do: parse the whole text at every change; this parser knows no errors.
import { DockerfileParser } from 'dockerfile-ast';
import { pushOnChange } from './push-on-change.mjs';

pushOnChange((text) => {
  DockerfileParser.parse(text).getInstructions();
  return [];
});
