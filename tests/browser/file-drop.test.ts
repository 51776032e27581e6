import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ViewState } from '../support/view-state.svelte.ts';
import { clearPage, show } from './view-scenes.ts';

let opened: string[][];

beforeEach(async () => {
  opened = [];
  const app = new ViewState();
  const open = (files: readonly { readonly file: File }[]) => {
    opened.push(files.map(({ file }) => file.name));
    return Promise.resolve();
  };
  Object.assign(app, { files: { ...app.files, open } });
  await show(app);
  // What takes files comes behind the first sight of the page.
  await vi.waitFor(() => {
    drag('dragenter', files('a.mp3'));
    flushSync();
    expect(veil()).toBe(true);
  });
  drag('dragleave', files('a.mp3'));
});
afterEach(clearPage);

const veil = () => document.body.textContent.includes('Drop to transcribe');
const drag = (type: string, dataTransfer: DataTransfer) => {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  document.querySelector('main')!.dispatchEvent(event);
  flushSync();
  return event;
};
const paste = (clipboardData: DataTransfer) => {
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
};

function files(...names: string[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File(['x'], name));
  return transfer;
}

function text(): DataTransfer {
  const transfer = new DataTransfer();
  transfer.setData('text/plain', 'a text');
  return transfer;
}

it('takes files that are dropped anywhere, all of them in their order', async () => {
  drag('dragenter', files('b.mp3', 'a.mp4'));
  expect(veil()).toBe(true);
  // Without this the browser would leave the page for the file.
  expect(drag('dragover', files('b.mp3', 'a.mp4')).defaultPrevented).toBe(true);
  expect(drag('drop', files('b.mp3', 'a.mp4')).defaultPrevented).toBe(true);
  expect(veil()).toBe(false);
  await vi.waitFor(() => expect(opened).toEqual([['b.mp3', 'a.mp4']]));
});

it('takes files that are pasted', async () => {
  expect(paste(files('voice.opus')).defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(opened).toEqual([['voice.opus']]));
});

it('leaves text alone, dragged or pasted', async () => {
  drag('dragenter', text());
  expect(veil()).toBe(false);
  expect(drag('drop', text()).defaultPrevented).toBe(false);
  expect(paste(text()).defaultPrevented).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(opened).toEqual([]);
});
