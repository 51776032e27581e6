import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tellWhenHidden } from '../../src/platform/announce.ts';
import { Scope } from '../../src/platform/scope.ts';

let scope: Scope;
let told: string[];
let badges: number[];
let seen: DocumentVisibilityState;

/** Stands for the system: no headless browser shows a notification, or a badge, or hides a page. */
beforeEach(() => {
  scope = new Scope();
  told = [];
  badges = [];
  seen = 'hidden';
  const show = vi.fn(function (title: string) {
    told.push(title);
  });
  vi.stubGlobal('Notification', Object.assign(show, { permission: 'granted' }));
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => seen);
  Object.assign(navigator, { setAppBadge: (count: number) => Promise.resolve(void badges.push(count)) });
});
afterEach(() => {
  scope.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'setAppBadge');
});

it('tells somebody who looks elsewhere what is done, and counts it on the icon until they look', () => {
  tellWhenHidden(scope, 'memo.wav');
  tellWhenHidden(scope, 'lecture.mkv');
  expect(told).toEqual(['memo.wav', 'lecture.mkv']);
  expect(badges).toEqual([1, 2]);
  seen = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(badges.at(-1)).toBe(0);
  tellWhenHidden(scope, 'seen.wav');
  expect(told).toHaveLength(2);
});

it('shows no notification that was not allowed', () => {
  Object.assign(Notification, { permission: 'denied' });
  tellWhenHidden(scope, 'memo.wav');
  expect(told).toEqual([]);
  expect(badges).toEqual([1]);
});
