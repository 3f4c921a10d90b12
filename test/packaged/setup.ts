import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageJson, root } from '../support/repository.js';

/** Folders into which the packed package was installed: alone, and with its optional peers. */
export interface Installed {
  readonly alone: string;
  readonly withPeers: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    installed: Installed;
  }
}

function install(folder: string, packages: readonly string[]): string {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  return folder;
}

/** Packs and installs once for all tests of the run. */
export default function setup(project: TestProject): () => void {
  const base = mkdtempSync(join(tmpdir(), 'tokumei-packaged-'));
  execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', base], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const tarball = join(base, readdirSync(base)[0] ?? '');
  const { peerDependencies, devDependencies } = packageJson();
  const peers = [...Object.keys(peerDependencies), '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
  project.provide('installed', {
    alone: install(join(base, 'alone'), [tarball]),
    withPeers: install(join(base, 'with-peers'), [tarball, ...peers]),
  });
  return () => rmSync(base, { recursive: true, force: true });
}
