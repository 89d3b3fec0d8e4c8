import { describe, expect, it } from 'vitest';
import { readSettings, settingsOfAddress } from '../main/settings.ts';

describe('the links of mails', () => {
  it.each([
    [{}, 'http://localhost:8080'],
    [{ PORT: '9000', HOST: '0.0.0.0' }, 'http://localhost:9000'],
    [{ PORT: '9000', HOST: '192.168.1.7' }, 'http://192.168.1.7:9000'],
  ])('lead to the shop that was started with %j', (env, url) => {
    expect(settingsOfAddress(readSettings([], env))).toEqual({ SHOP_PUBLIC_URL: url });
  });

  it('lead nowhere while the port is not known', () => {
    expect(settingsOfAddress(readSettings([], { PORT: '0' }))).toEqual({});
  });
});
