import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, inject, test } from 'vitest';
import { read, subpaths } from '../support/repository.js';

const folder = inject('installed').withPeers;
const missing = subpaths().find(({ specifier, written }) => ['tokumei', 'tokumei/publish'].includes(specifier) && !written);

/** The program and the package in one script that calls `report` with what it found. */
async function bundle(): Promise<string> {
  const contents = read('test/packaged/pipeline.ts');
  const { outputFiles } = await build({ stdin: { contents, resolveDir: folder, loader: 'ts' }, bundle: true, platform: 'browser', format: 'iife', target: 'es2022', write: false, logLevel: 'silent' });
  return outputFiles[0]?.text ?? '';
}

const expected = { first: 'maps', rows: 2, verified: true, node: [] };

const candidates = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((part) => join(part, name)));
const chromium = [process.env['CHROMIUM'] ?? '', ...candidates].find((path) => path !== '' && existsSync(path));

// Nothing inline, nothing evaluated, nothing fetched but from the page's own place.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Serves the page on this machine, opens it, and waits for what it reports. */
async function inChromium(program: string, browser: string): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), 'tokumei-chromium-'));
  const start = `const report = (body) => fetch('/report', { method: 'POST', body }); addEventListener('error', (e) => report('error: ' + e.message)); addEventListener('securitypolicyviolation', (e) => report('blocked: ' + e.violatedDirective));`;
  let tell!: (text: string) => void;
  const told = new Promise<string>((resolve) => { tell = resolve; });
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (part) => { body += String(part); }).on('end', () => { response.end(); tell(body); });
      return;
    }
    const script = { '/start.js': start, '/app.js': program }[request.url ?? ''];
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', script === undefined ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8');
    response.end(script ?? '<!doctype html><title>tokumei</title><script src="/start.js"></script><script src="/app.js"></script>');
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', `--user-data-dir=${profile}`];
  const child = spawn(browser, [...flags, url], { stdio: 'ignore' });
  const timer = setTimeout(() => tell('nothing within 90 seconds'), 90_000);
  child.on('error', (error) => tell(`could not start: ${error.message}`));
  try {
    return await told;
  } finally {
    clearTimeout(timer);
    const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
    if (child.exitCode === null && child.signalCode === null && child.kill()) await gone;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

test.skipIf(missing !== undefined)('the main job runs where there is nothing of Node and no eval (node:vm)', async () => {
  const said: string[] = [];
  const { crypto, TextEncoder, TextDecoder, performance, setTimeout, clearTimeout, structuredClone, AbortController, AbortSignal, URL } = globalThis;
  const web = { crypto, TextEncoder, TextDecoder, performance, setTimeout, clearTimeout, structuredClone, AbortController, AbortSignal, URL };
  const context = createContext({ ...web, report: (text: string) => said.push(text) }, { codeGeneration: { strings: false, wasm: false } });
  runInContext(await bundle(), context);
  expect(said.map((text) => JSON.parse(text) as unknown)).toEqual([expected]);
});

test.skipIf(missing !== undefined || chromium === undefined)(`the main job runs in ${chromium === undefined ? 'Chromium (skipped: none on this machine)' : 'headless Chromium'} under a strict policy`, async () => {
  expect(JSON.parse(await inChromium(await bundle(), chromium ?? ''))).toEqual(expected);
});
