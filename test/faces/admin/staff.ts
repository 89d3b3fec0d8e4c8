import type { Page } from 'playwright-core';

/** Demo accounts. */
export const STAFF = {
  admin: ['admin@example.com', 'demo-admin-1'],
  orders: ['orders@example.com', 'demo-orders-1'],
  catalog: ['catalog@example.com', 'demo-catalog-1'],
  stock: ['stock@example.com', 'demo-stock-1'],
  reviews: ['reviews@example.com', 'demo-reviews-1'],
  operator: ['operator@example.com', 'demo-operator-1'],
} as const;

/** Fills in the form that is on the page. */
export const fillIn = async (page: Page, [email, password]: readonly [string, string]): Promise<void> => {
  await page.getByLabel('E-mail address').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

/** Opens a page of the portal as a member of staff, and waits until it is there. @returns whether that took a new session */
export const openAs = async (
  page: Page,
  origin: string,
  who: keyof typeof STAFF,
  path: string,
): Promise<boolean> => {
  await page.goto(`${origin}/admin${path}`);
  const content = page.locator('main#content');
  const form = page.locator('form:has(input[name=password])');
  await content.or(form).first().waitFor();
  const isSigningIn = await form.isVisible();
  if (isSigningIn) await fillIn(page, STAFF[who]);
  await content.waitFor();
  return isSigningIn;
};

export const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
};
