import { readFileSync } from 'node:fs';
import { InvalidConfig } from './config.ts';

/** PEM texts. */
export interface Tls {
  /** The trusted certificate authorities. */
  readonly ca?: Buffer | undefined;
  /** Certificate and key of this side: both or none. */
  readonly cert?: Buffer | undefined;
  readonly key?: Buffer | undefined;
}

/**
 * The contents of the files named by `<prefix>_CA`, `<prefix>_CERT` and `<prefix>_KEY`. Throws `InvalidConfig` if one cannot be
 * read, or a certificate has no key.
 */
export const readTls = (prefix: string, env: Readonly<Record<string, string | undefined>>): Tls => {
  const read = (part: 'CA' | 'CERT' | 'KEY'): Buffer | undefined => {
    const path = env[`${prefix}_${part}`] ?? '';
    if (path === '') return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'it cannot be read';
      throw new InvalidConfig([`${prefix}_${part}: ${why}`]);
    }
  };
  const tls = { ca: read('CA'), cert: read('CERT'), key: read('KEY') };
  if (tls.cert && !tls.key) throw new InvalidConfig([`${prefix}_KEY: the certificate’s key is missing`]);
  if (tls.key && !tls.cert) throw new InvalidConfig([`${prefix}_CERT: the key’s certificate is missing`]);
  return tls;
};

/** The same for a server, which needs a certificate; with a `ca`, so do its clients. */
export const readServerTls = (prefix: string, env: Readonly<Record<string, string | undefined>>): Tls => {
  const tls = readTls(prefix, env);
  if (tls.ca && !tls.cert) throw new InvalidConfig([`${prefix}_CERT: a server must have a certificate`]);
  return tls;
};
