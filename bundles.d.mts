import type { BuildOptions } from 'esbuild';

export declare const bundles: Readonly<Record<'extension' | 'server' | 'cli', BuildOptions>>;
