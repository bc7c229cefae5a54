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
    // What decides about people's files: measured over the unit suite, which runs none of it in another process.
    coverage: {
      include: [
        'server/src/{core,compose,dockerfile,dockerignore,dotenv,project,roles,rules,engine,config}/**/*.ts',
      ],
      reporter: ['text-summary', 'html'],
      reportsDirectory: 'test/artifacts/coverage',
      thresholds: {
        lines: 98,
        branches: 88,
        'server/src/core/**': { lines: 100, functions: 100 },
        'server/src/rules/**': { lines: 100, functions: 100 },
        'server/src/engine/**': { lines: 100, functions: 100 },
      },
    },
    projects: [
      suite('unit'),
      suite('lsp'),
      suite('cli'),
      suite('docker', true),
      suite('vscode', true),
    ],
  },
});
