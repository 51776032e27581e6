/** One session, open in two tabs: what both write is kept. */
import { afterEach, expect, it, vi } from 'vitest';
import { Scope } from '../../src/platform/scope.ts';
import { Library } from '../../src/session/library/library.svelte.ts';
import { Editor } from '../../src/view/document/editor.svelte.ts';
import { beginEmpty, GARDEN, record } from './session-tabs.ts';

beginEmpty();
let scopes: Scope[] = [];
afterEach(() => {
  for (const scope of scopes) scope.dispose();
  scopes = [];
});

async function tab(): Promise<{ library: Library; open: () => Promise<Editor> }> {
  const scope = new Scope();
  scopes.push(scope);
  const library = await Library.open(scope);
  const open = async () => {
    await library.refresh();
    return (await Editor.open(library, 'a', scope))!;
  };
  return { library, open };
}

async function twoTabs() {
  const [one, other] = await Promise.all([tab(), tab()]);
  await one.library.takeIn(record('a'), GARDEN);
  return { library: one.library, here: await one.open(), there: await other.open() };
}

const textsOf = (editor: Editor): string[] => editor.paragraphs.map(({ text }) => text);
const write = (editor: Editor, index: number, text: string): void => {
  const paragraph = editor.paragraphs[index]!;
  editor.replace({ paragraph: paragraph.id, from: 0, to: paragraph.text.length }, text);
};

it('different paragraphs, at the same time: both edits stand in both', async () => {
  const { library, here, there } = await twoTabs();
  write(here, 0, 'The meadow needs rain.');
  write(there, 1, 'So do we.');
  here.save();
  there.save();
  const both = ['The meadow needs rain.', 'So do we.'];
  await vi.waitUntil(() => textsOf(here).join() === both.join() && textsOf(there).join() === both.join(), 10_000);
  expect(library.find('a')?.versions).toHaveLength(1);
  expect([here.conflict, there.conflict]).toEqual([false, false]);
});

it('the same words, at the same time: one is shown, the other is kept as a version, and the page says so', async () => {
  const { library, here, there } = await twoTabs();
  write(here, 0, 'The meadow needs rain.');
  write(there, 0, 'The garden needs sun.');
  here.save();
  there.save();
  await vi.waitUntil(() => there.conflict, 10_000);
  await vi.waitUntil(() => library.find('a')?.versions.length === 2, 10_000);
  await vi.waitUntil(() => textsOf(here)[0] === 'The garden needs sun.', 10_000);
  expect(textsOf(there)[0]).toBe('The garden needs sun.');
  const [, beside] = library.find('a')!.versions;
  const kept = await library.readTranscript('a', beside!.id);
  expect(kept!.segments[0]!.committed.map(({ text }) => text).join('')).toMatch(/The meadow needs rain\./);
});
