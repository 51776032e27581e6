import { expect, test } from 'vitest';
import { staticRoutes } from '../../../workers/service-worker/static-routes.ts';

test('the page and what it starts with come from the caches, and nothing that starts a realm', () => {
  const rules = staticRoutes('https://host.example/apps/sotto/', 'page', 'files');
  expect(rules[0]).toEqual({
    condition: {
      urlPattern: { pathname: '/apps/sotto/', search: '' },
      requestMethod: 'GET',
      requestMode: 'navigate',
    },
    source: { cacheName: 'page' },
  });
  const files = rules.slice(1);
  expect(files.map(({ condition }) => condition.requestDestination)).toEqual(['script', 'style', 'font']);
  for (const { condition, source } of files) {
    expect(condition.urlPattern).toEqual({ pathname: '/apps/sotto/assets/*', search: '' });
    expect(source).toEqual({ cacheName: 'files' });
  }
});

test('a path is taken by its letter', () => {
  const [page] = staticRoutes('https://host.example/~me/a(b)+c:d/', 'page', 'files');
  expect(page?.condition.urlPattern.pathname).toBe(String.raw`/~me/a\(b\)\+c\:d/`);
});
