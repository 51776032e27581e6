import { describe, expect, test } from 'vitest';
import { route } from '../../../workers/service-worker/route.ts';

describe.each(['https://sotto.example/', 'https://host.example/apps/sotto/'])('served from %s', (scope) => {
  const kept = new Set([`${scope}index.html`, `${scope}assets/index.js`]);
  const asked = (url: string, rest: Partial<Request> = {}) =>
    route({ method: 'GET', url, mode: 'cors', destination: 'script', ...rest }, scope, (address) => kept.has(address));
  const visited = (url: string) => asked(url, { mode: 'navigate', destination: 'document' });

  test('a visit gets the kept page, with whatever query and fragment', () => {
    const page = { type: 'shell', url: `${scope}index.html` };
    expect(visited(scope)).toEqual(page);
    expect(visited(`${scope}?source=home#top`)).toEqual(page);
    expect(visited(`${scope}index.html`)).toEqual(page);
  });

  test('a kept file is given, a query notwithstanding', () => {
    expect(asked(`${scope}assets/index.js`)).toEqual({ type: 'shell', url: `${scope}assets/index.js` });
    expect(asked(`${scope}assets/index.js?worker#1`)).toEqual({ type: 'shell', url: `${scope}assets/index.js` });
  });

  test.each(['document', 'worker', 'sharedworker', 'audioworklet'] as const)(
    'a %s that is not kept gets the policy',
    (it) => expect(asked(`${scope}other`, { destination: it })).toEqual({ type: 'realm' }),
  );

  test("models, other origins and the host's other pages are none of its business", () => {
    expect(asked(`${scope}models/0123.part`, { destination: '' })).toEqual({ type: 'pass' });
    expect(asked('https://elsewhere.example/')).toEqual({ type: 'pass' });
    expect(asked('https://elsewhere.example/', { method: 'POST' })).toEqual({ type: 'pass' });
    if (scope.endsWith('/sotto/')) expect(visited('https://host.example/apps/')).toEqual({ type: 'pass' });
  });

  test('F48: files that are handed over by POST go nowhere, and their person into the app', () =>
    expect(asked(`${scope}share`, { method: 'POST', mode: 'navigate', destination: 'document' })).toEqual({
      type: 'home',
    }));

  test.each(['POST', 'PUT', 'HEAD', 'DELETE'])('%s is refused', (method) =>
    expect(asked(`${scope}index.html`, { method })).toEqual({ type: 'refuse' }),
  );
});
