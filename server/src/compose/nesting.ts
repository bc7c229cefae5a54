/** How deep braces and brackets are nested in a text: asked before a parser recurses into them. */

/** An upper bound, whatever is quoted: how many braces and brackets are open at most. */
export function nestingOf(text: string): number {
  let open = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) most = Math.max(most, ++open);
    else if (code === 0x5d || code === 0x7d) open = Math.max(0, open - 1);
  }
  return most;
}
