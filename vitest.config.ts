/** One runner for every suite; a project per folder of tests, by what the tests need. */
import { defineConfig } from 'vitest/config';

const suite = (name: string, slow = false) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    ...(slow
      ? { testTimeout: 120_000, hookTimeout: 300_000, fileParallelism: false }
      : { testTimeout: 20_000 }),
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit'),
      suite('lsp'),
      suite('cli'),
      suite('docker', true),
      suite('vscode', true),
    ],
  },
});
