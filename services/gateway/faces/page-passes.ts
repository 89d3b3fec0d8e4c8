import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#kernel/clock.ts';

/** Longer than the request of a page may take. */
const VALID_S = 60;

/**
 * The server of the pages calls the API for its visitors. Its calls show a pass, which the gateway has sent with the request of the
 * page: they count as calls from the visitor's address, and against no limit, since the request of the page has counted already.
 */
export interface PagePasses {
  /** @param address of the visitor; empty for a page that all visitors share */
  issue(address: string): string;
  /** The address of a valid pass; undefined for any other text. */
  read(pass: string): string | undefined;
}

/** @param key the same in all gateways */
export const makePagePasses = (key: Buffer, clock: Clock): PagePasses => {
  const nowS = (): number => Math.floor(clock.now().getTime() / 1_000);
  const signatureOf = (content: string): Buffer =>
    createHmac('sha256', key).update(`page pass ${content}`).digest();
  return {
    issue: (address) => {
      const content = `${nowS() + VALID_S}.${Buffer.from(address).toString('base64url')}`;
      return `${content}.${signatureOf(content).toString('base64url')}`;
    },
    read: (pass) => {
      const [expires = '', address = '', signature = '', ...rest] = pass.split('.');
      const [given, right] = [Buffer.from(signature, 'base64url'), signatureOf(`${expires}.${address}`)];
      const isRight = rest.length === 0 && given.length === right.length && timingSafeEqual(given, right);
      return isRight && Number(expires) >= nowS() ? Buffer.from(address, 'base64url').toString() : undefined;
    },
  };
};
