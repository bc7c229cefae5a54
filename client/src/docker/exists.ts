/** Whether something lies at a path. */
import { access } from 'node:fs/promises';

/** Also false for what may not be looked at. Never throws. */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
