import { expect, it } from 'vitest';
import { deviceName } from './wording.ts';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1', 'Safari on iPhone'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['Chrome/1', 'Chrome'],
  ['Your account is locked, see evil.example', 'an unknown program'],
  ['', 'an unknown program'],
])('the device that says %j is called %j', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
