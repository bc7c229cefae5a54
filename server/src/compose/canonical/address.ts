/** Tells IP addresses from other texts, as Compose does where it binds a port to one. */

const PART_OF_4 = /^(?:0|[1-9]\d{0,2})$/;
const PART_OF_6 = /^[0-9a-f]{1,4}$/i;

export function isAddress(text: string): boolean {
  return text.includes(':') ? isVersion6(text) : isVersion4(text);
}

function isVersion4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => PART_OF_4.test(part) && Number(part) <= 255);
}

function isVersion6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const ends4 = last?.includes('.') === true;
  if (ends4 && !isVersion4(last)) return false;
  const count = groups.length + (ends4 ? 1 : 0);
  const sixes = ends4 ? groups.slice(0, -1) : groups;
  return (halves.length === 2 ? count <= 7 : count === 8) && sixes.every((g) => PART_OF_6.test(g));
}
