import { defineRule } from '../../core/rule.ts';
import { insertBeforeStart } from '../../dockerfile/insert.ts';
import { imageProbe } from '../../roles/image-probe.ts';
import type { DockerfileSubject } from '../subject.ts';

export const requireImageHealthcheck = defineRule<DockerfileSubject, undefined>({
  id: 'dockerfile/require-healthcheck',
  meta: {
    summary: 'Give the image a health check.',
    why: 'A check in the image goes wherever the image goes: without it, every stack that runs it has to write its own, and most do not.',
    fix: 'Adds HEALTHCHECK with a program that is known to be in the image when it starts: what the base image has, or what the Dockerfile installs and does not remove. Where nothing is known it adds nothing.',
    severity: 'info',
    preset: 'recommended',
    since: '0.1.0',
    aliases: [
      'hadolint:DL3057',
      'trivy:DS-0026',
      'checkov:CKV_DOCKER_2',
      'kics:healthcheck_instruction_missing',
      'cis:4.6',
    ],
    examples: [
      'FROM node:22.11-slim\nLABEL org.opencontainers.image.title=a org.opencontainers.image.version=1 org.opencontainers.image.source=b\nUSER node\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
    ],
  },

  *check({ final: { stage, instructions } }) {
    if (instructions.some(({ keyword }) => keyword === 'HEALTHCHECK')) return;
    yield {
      span: stage.from.span,
      data: undefined,
      message:
        'The image has no health check, so a process that hangs counts as running. Add HEALTHCHECK.',
    };
  },

  fix: {
    safety: 'safe',
    build: (_, { model, final, settings: { healthcheck } }) => {
      const { interval, timeout, startPeriod, retries } = healthcheck;
      const probe = imageProbe(final);
      if (!probe) return undefined;
      const [program = '', flag, script = ''] = probe.argv;
      const command =
        program === 'sh' && flag === '-c'
          ? script
          : JSON.stringify(probe.argv).replaceAll('","', '", "');
      const edit = insertBeforeStart(model, final.stage, [
        `HEALTHCHECK --interval=${interval} --timeout=${timeout} --start-period=${startPeriod} --retries=${retries} ${model.escape}`,
        `  CMD ${command}`,
      ]);
      return edit && { title: `Add a health check that ${probe.title}`, edits: [edit] };
    },
  },
});
