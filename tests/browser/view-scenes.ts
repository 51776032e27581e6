import { flushSync } from 'svelte';
import { page } from 'vitest/browser';
import type { Failure } from '../../src/platform/failure.ts';
import { mountApp } from '../../src/view/mount.ts';
import { ViewState, type Scene } from '../support/view-state.svelte.ts';
import { transcriptOf } from '../unit/formats/spoken.ts';

let takeAway: () => void = () => undefined;

/** Draws the app in a state; the last one drawn is taken away. */
export function draw(scene: Scene = {}): Promise<ViewState> {
  return show(new ViewState(scene));
}

export async function show(app: ViewState): Promise<ViewState> {
  clearPage();
  takeAway = await mountApp(document.body, app);
  flushSync();
  return app;
}

export function clearPage(): void {
  takeAway();
  takeAway = () => undefined;
}

export const SAID = transcriptOf({ text: 'Good morning.', at: 1, tentative: 'how are' });
export const failed = (failure: Failure): Scene => ({ phase: 'failed', notices: [{ type: 'failure', failure }] });
export const button = (name: string | RegExp) => page.getByRole('button', { name });
export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** What people meet, by name. */
export const SCENES: Readonly<Record<string, Scene>> = {
  idle: {},
  'downloading while listening': {
    phase: 'listening',
    ready: false,
    notices: [{ type: 'waiting-for-model' }],
    model: {
      phase: 'downloading',
      file: 'decoder',
      loadedBytes: 43e6,
      totalBytes: 77e6,
      secondsLeft: 20,
      waiting: false,
    },
  },
  preparing: { model: { phase: 'preparing' } },
  asking: { model: { phase: 'asking', totalBytes: 77e6 } },
  listening: { phase: 'listening', transcript: SAID },
  finishing: { phase: 'draining', transcript: SAID },
  stopped: { phase: 'stopped', transcript: SAID, update: 'waiting' },
  failed: failed({ name: 'microphone-busy' }),
};
