import { describe, expect, it } from 'vitest';
import { hrefOf, placeOf, sessionHref, type Place } from '../../../src/view/logic/place.ts';

describe('addresses', () => {
  it.each<Place>([
    { page: 'live' },
    { page: 'library', find: '' },
    { page: 'library', find: 'budget & 50 %, 会議?' },
    { page: 'session', id: 'a-1', atSample: null, find: '' },
    { page: 'session', id: 'a-1', atSample: 1_600_000, find: '会議' },
    { page: 'session', id: 'a-1', atSample: 0, find: '' },
  ])('%j is found again', (place) => expect(placeOf(hrefOf(place))).toEqual(place));

  it.each(['', '#', '#/', '#/nowhere', '#/session', '#/session/', '#section'])('%j is the live page', (hash) =>
    expect(placeOf(hash)).toEqual({ page: 'live' }),
  );

  it.each(['-1', '1.5', '1e9', 'x', '9'.repeat(20)])('a moment %j is none', (at) =>
    expect(placeOf(`${sessionHref('a')}?at=${at}`)).toMatchObject({ id: 'a', atSample: null }),
  );
});
