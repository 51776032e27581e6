import { expect, test } from 'vitest';
import { POLICY_HEADERS } from '../../../build/headers.ts';
import { withPolicy } from '../../../workers/service-worker/policy.ts';

/** A response as `fetch` gives it: with an address. */
const from = (url: string, init?: ResponseInit) =>
  Object.defineProperty(new Response('body', init), 'url', { value: `https://sotto.example/${url}` });

test('every header of the table is put on, over what the host says', async () => {
  const response = withPolicy(from('index.html', { headers: { 'Content-Security-Policy': 'default-src *' } }));
  for (const [name, value] of Object.entries(POLICY_HEADERS)) expect(response.headers.get(name)).toBe(value);
  expect(await response.text()).toBe('body');
});

test('what described the body on its way here is dropped', () => {
  const headers = { 'Content-Encoding': 'gzip', 'Content-Length': '7', 'Content-Type': 'text/html; charset=utf-8' };
  const response = withPolicy(from('index.html', { headers }));
  expect(response.headers.get('Content-Encoding')).toBeNull();
  expect(response.headers.get('Content-Length')).toBeNull();
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
});

test('a host that does not know modules does not keep them from running', () => {
  const response = withPolicy(
    from('assets/engine.mjs?v=1', { headers: { 'Content-Type': 'application/octet-stream' } }),
  );
  expect(response.headers.get('Content-Type')).toBe('text/javascript');
});

test('the status stays', () => {
  expect(withPolicy(from('assets/gone.js', { status: 404 })).status).toBe(404);
});
