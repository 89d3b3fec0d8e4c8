import { describe, expect, it } from 'vitest';
import { request } from 'undici';
import { serve } from '#test/kit/http.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import {
  AddressRefused,
  isPublicAddress,
  isPublicHost,
  publicDialer,
  type PublicDialerOptions,
} from './public-address.ts';

describe('an address', () => {
  it.each(['93.184.216.34', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    'is public: %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ['this machine', '127.0.0.1', '127.8.8.8', '::1', '0.0.0.0', '0.1.2.3', '::'],
    ['a private network', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1', 'fc00::1'],
    ['a provider’s network', '100.64.0.1', '100.127.255.255'],
    ['a cloud’s metadata', '169.254.169.254', 'fe80::a9fe:a9fe', 'fd00:ec2::254'],
    [
      'IPv4 in IPv6',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::a00:1',
    ],
    ['a tunnel', '2002:7f00:1::', '2002:a9fe:a9fe::', '2001:0:7f00:1::1'],
    ['many machines', '224.0.0.1', '255.255.255.255', 'ff02::1'],
    ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
    ['reserved', '240.0.0.1', '198.18.0.1', '192.0.0.1', '192.88.99.1', 'fec0::1', '100::1', '4000::1'],
    ['no address', '', 'localhost', '1.1.1.1.1', '[::1]'],
  ])('is not public: %s', (_, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

describe('the host of a URL', () => {
  const isPublic = (host: string): boolean => isPublicHost(new URL(`https://${host}/`).hostname);

  it.each([
    'shop.example',
    'localhost.example',
    'notlocalhost',
    '1.1.1.1',
    '[2606:4700:4700::1111]',
    '16843009',
  ])('can be on the Internet: %s', (host) => {
    expect(isPublic(host)).toBe(true);
  });

  it.each([
    ['this machine', '127.0.0.1', '127.1', '127.0.0.1.', '0.0.0.0', '0', '[::1]', '[::]'],
    ['its name', 'localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'loc%61lhost', 'ｌocalhost'],
    ['decimal', '2130706433', '167772161'],
    ['octal', '0177.0.0.1', '017700000001', '012.0.0.1'],
    ['hexadecimal', '0x7f000001', '0x7f.1', '0xa9fea9fe'],
    ['other digits', '１２７.０.０.１', '127。0。0。1'],
    ['IPv4 in IPv6', '[::ffff:127.0.0.1]', '[::ffff:a00:1]', '[0:0:0:0:0:ffff:a9fe:a9fe]', '[::10.0.0.1]'],
    ['translated', '[64:ff9b::127.0.0.1]', '[2002:7f00:1::]'],
    [
      'a private network',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '[fd00::1]',
      '[fe80::1]',
      '169.254.169.254',
    ],
  ])('is not: %s', (_, ...hosts) => {
    expect(hosts.filter(isPublic)).toEqual([]);
  });
});

describe('a dialer of public addresses', () => {
  const dial = async (url: string, options: PublicDialerOptions = {}) => {
    const dispatcher = publicDialer(options);
    atEnd(() => dispatcher.close());
    const { statusCode, body } = await request(url, { dispatcher });
    await body.dump();
    return statusCode;
  };
  const localServer = async () => {
    const hosts: unknown[] = [];
    const { url } = await serve(({ headers: { host }, url: path }, answer) => {
      hosts.push(host);
      answer.writeHead(path === '/elsewhere' ? 302 : 204, { location: url }).end();
    });
    return { url, port: new URL(url).port, hosts };
  };

  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://0x7f000001',
    'http://127.1',
    'http://0',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::127.0.0.1]',
    'http://127.0.0.1.',
    'http://localhost',
    'http://LOCALHOST',
    'http://①②⑦.⓪.⓪.①',
  ])('does not reach this machine by %s', async (form) => {
    const { port, hosts } = await localServer();
    await expect(dial(`${form}:${port}`)).rejects.toThrow(AddressRefused);
    expect(hosts).toEqual([]);
  });

  it.each(['https://10.0.0.1', 'https://169.254.169.254', 'https://100.64.0.1', 'https://[fd00::1]'])(
    'does not dial %s, with TLS as little as without',
    async (url) => {
      await expect(dial(url)).rejects.toThrow(AddressRefused);
    },
  );

  it('refuses a name of which one address is private', async () => {
    const resolve = () => Promise.resolve(['1.1.1.1', '10.0.0.1']);
    await expect(dial('http://mixed.example', { resolve })).rejects.toThrow(AddressRefused);
  });

  it('resolves a name once, and dials the address that it has checked', async () => {
    const { port, hosts } = await localServer();
    const answers = [['127.0.0.1'], ['203.0.113.1']];
    const asked: string[] = [];
    const resolve = (host: string) => {
      asked.push(host);
      return Promise.resolve(answers.shift() ?? []);
    };
    expect(await dial(`http://rebinding.example:${port}`, { resolve, isPrivateAllowed: true })).toBe(204);
    expect([asked, hosts]).toEqual([['rebinding.example'], [`rebinding.example:${port}`]]);
  });

  it.each(['rebound.example', 'localhost.', 'metadata.google.internal'])(
    'refuses a name that resolves to this machine: %s',
    async (host) => {
      const resolve = () => Promise.resolve(['127.0.0.1']);
      const { port, hosts } = await localServer();
      await expect(dial(`http://${host}:${port}`, { resolve })).rejects.toThrow(AddressRefused);
      expect(hosts).toEqual([]);
    },
  );

  it('refuses a name that has no address', async () => {
    await expect(dial('http://none.example', { resolve: () => Promise.resolve([]) })).rejects.toThrow(
      AddressRefused,
    );
  });

  it('dials the next address of a name if the first does not respond', async () => {
    const { port } = await localServer();
    const resolve = () => Promise.resolve(['127.0.0.9', '127.0.0.1']);
    expect(await dial(`http://several.example:${port}`, { resolve, isPrivateAllowed: true })).toBe(204);
  });

  it('follows no redirect', async () => {
    const { url, hosts } = await localServer();
    expect(await dial(`${url}/elsewhere`, { isPrivateAllowed: true })).toBe(302);
    expect(hosts).toHaveLength(1);
  });
});
