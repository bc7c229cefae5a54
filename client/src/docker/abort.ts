/** Two small things about abort signals. */

/** The compiler narrows `signal.aborted` across an `await`, where it may well have changed; a call it does not. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Waits that long, or until the signal fires. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
