/**
 * Finds the Chromium that tests, measurements and screenshots run in, or installs one. `CHROME_PATH` wins; then an installed
 * Chromium or Chrome; then Playwright's own; then one is installed, as Debian's package where that is possible.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join, delimiter } from 'node:path';
import { env, platform } from 'node:process';
import { chromium } from 'playwright-core';

/** Quiet, offline and the same everywhere: no updates, no background requests, no sandbox (containers have none). */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
];

/** A microphone that grants itself and, without {@link microphoneFile}, beeps once a second. */
export const FAKE_MICROPHONE_ARGS: readonly string[] = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * What the fake microphone hears, from the moment it is opened.
 * @param wavPath absolute path of a WAV file, best at 48 kHz.
 * @param loop whether it starts over at its end; otherwise digital silence follows.
 */
export const microphoneFile = (wavPath: string, loop = false): string =>
  `--use-file-for-fake-audio-capture=${wavPath}${loop ? '' : '%noloop'}`;

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];

/** Absolute path of a browser that is here already, or `null`. */
export function installedBrowser(): string | null {
  return [env['CHROME_PATH'], ...usualPlaces(), chromium.executablePath()].find(isExecutable) ?? null;
}

/**
 * Absolute path of a browser, installed now if there was none.
 * @throws Error with one line that says what to do, when that fails.
 */
export function findBrowser(): string {
  const wanted = env['CHROME_PATH'];
  if (wanted !== undefined && !isExecutable(wanted)) throw new Error(`CHROME_PATH: cannot execute ${wanted}`);
  const found = installedBrowser();
  if (found !== null) return found;
  install();
  const installed = installedBrowser();
  if (installed !== null) return installed;
  throw new Error(
    'No Chromium here, and none could be installed: install Chrome or Chromium, or set CHROME_PATH to one.',
  );
}

function usualPlaces(): string[] {
  const onPath = (env['PATH'] ?? '').split(delimiter);
  switch (platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((app) =>
        ['/Applications', join(env['HOME'] ?? '', 'Applications')].map((folder) =>
          join(folder, `${app}.app`, 'Contents', 'MacOS', app),
        ),
      );
    case 'win32':
      return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LocalAppData']].flatMap((folder) =>
        folder
          ? [
              join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
              join(folder, 'Chromium', 'Application', 'chrome.exe'),
              join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
            ]
          : [],
      );
    default:
      return COMMANDS.flatMap((command) => onPath.map((folder) => join(folder, command)));
  }
}

function isExecutable(path: string | undefined): boolean {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's package where we may install it, Playwright's build elsewhere. */
function install(): void {
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  } else {
    run(process.execPath, [
      join(import.meta.dirname, '..', 'node_modules', 'playwright-core', 'cli.js'),
      'install',
      'chromium',
    ]);
  }
}

function run(command: string, args: readonly string[]): void {
  const environment = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
}
