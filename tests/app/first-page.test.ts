import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CHROMIUM_ARGS, findBrowser } from '../../build/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser(), args: [...CHROMIUM_ARGS] });
});
afterAll(() => browser.close());

it('the built page loads isolated and without a complaint, and can be started', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const response = await page.goto(inject('appUrl'));
  expect(response?.status()).toBe(200);
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  expect(await page.title()).toMatch(/^Sotto/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(complaints).toEqual([]);
});
