/** Says when somebody has stopped typing, so that one check covers many keystrokes. */

/** Longer than the pause between two keys that are held down, shorter than what a person notices as waiting. */
const LONGEST_MS = 40;

/** A check that is done within the time of two pictures on the screen holds nobody up, so nobody has to wait for it. */
const CHEAP_MS = 33;

export interface QuietPeriods {
  /** Something happened to this key: the quiet starts anew. */
  readonly touch: (key: string) => void;
  /** Resolves when the key has been quiet, at the earliest after the messages that are waiting by now. */
  readonly settled: (key: string) => Promise<void>;
  readonly isSettled: (key: string) => boolean;
  /** The key is gone: whoever waits for it goes on at once. */
  readonly forget: (key: string) => void;
}

/** `costOf` says how many milliseconds the last check of a key took: the more it costs, the more keys it should cover. */
export function quietPeriods(costOf: (key: string) => number): QuietPeriods {
  const timers = new Map<string, NodeJS.Timeout>();
  const waiting = new Map<string, (() => void)[]>();

  const release = (key: string): void => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    const released = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const resolve of released) resolve();
  };
  return {
    touch: (key) => {
      clearTimeout(timers.get(key));
      const wait = costOf(key) < CHEAP_MS ? 0 : LONGEST_MS;
      timers.set(
        key,
        setTimeout(() => {
          release(key);
        }, wait),
      );
    },
    settled: (key) =>
      new Promise((resolve) => {
        if (timers.has(key)) waiting.set(key, [...(waiting.get(key) ?? []), resolve]);
        else void nextTurn().then(resolve);
      }),
    isSettled: (key) => !timers.has(key),
    forget: release,
  };
}

/** Resolves after the messages that have arrived by now had their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
