import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CHROMIUM_ARGS, findBrowser } from '../../build/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findBrowser(), args: [...CHROMIUM_ARGS] });
});
afterAll(() => browser.close());

it('the built page loads without an error', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const response = await page.goto(inject('appUrl'));
  expect(response?.status()).toBe(200);
  expect(await page.title()).toBe('Sotto');
  expect(errors).toEqual([]);
});
