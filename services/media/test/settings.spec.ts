import { describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { readSettings } from '../main/settings.ts';

const key = await generateKey('media');
const read = (env: Readonly<Record<string, string>>, profile: 'memory' | 'distributed' = 'memory') =>
  readSettings({ env, profile, key });

describe('the settings', () => {
  it('let a process alone start only if they say where files are stored', () => {
    expect(() => read({}, 'distributed')).toThrow('MEDIA_DIRECTORY or MEDIA_S3_BUCKET');
    expect(read({ MEDIA_DIRECTORY: '/files' }, 'distributed').spool).toBe('/files/spool');
    expect(read({ MEDIA_S3_BUCKET: 'media' }, 'distributed').s3).toMatchObject({ region: 'us-east-1' });
  });

  it('sign URLs by a key of the service unless they name others, of which the first one signs', () => {
    expect(read({}).urls.keys).toMatchObject([{ id: 'own' }]);
    const keys = `b:${'b'.repeat(32)},a:${'a'.repeat(32)}`;
    expect(read({ MEDIA_URL_KEYS: keys }).urls.keys.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it.each([
    [{ MEDIA_URL_KEYS: 'a:short' }, 'MEDIA_URL_KEYS'],
    [{ MEDIA_CLAMD: 'clamd' }, 'MEDIA_CLAMD'],
    [{ MEDIA_PICTURE_MB: '201' }, 'MEDIA_PICTURE_MB'],
    [{ MEDIA_S3_BUCKET: 'media', MEDIA_S3_ACCESS_KEY: 'a' }, 'both or none'],
    [{ MEDIA_PURGE_URL: 'https://cdn.example.com' }, 'MEDIA_PUBLIC_URL'],
  ])('are refused if they are wrong: %j', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });

  it('name a scanner, and a CDN', () => {
    const settings = read({
      MEDIA_CLAMD: 'clamd.example.com:3310',
      MEDIA_PURGE_URL: 'https://cdn.example.com',
      MEDIA_PUBLIC_URL: 'https://files.example.com',
    });
    expect(settings.clamd).toMatchObject({ host: 'clamd.example.com', port: 3310 });
    expect(settings.cdn).toMatchObject({ purgeUrl: 'https://cdn.example.com' });
  });
});
