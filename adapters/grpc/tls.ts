import { readFileSync } from 'node:fs';
import { credentials, ServerCredentials, type ChannelCredentials } from '@grpc/grpc-js';

/** PEM files. Without them the connection is plain: for loopback, or behind a mesh that encrypts. */
export interface TlsFiles {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  /** Whose certificates are believed; for a server it also means that clients must show one. */
  readonly authority?: string | undefined;
}

const read = (file: string | undefined): Buffer | null => (file === undefined ? null : readFileSync(file));

export const serverCredentials = ({ certificate, key, authority }: TlsFiles): ServerCredentials => {
  const [cert_chain, private_key] = [read(certificate), read(key)];
  if (!cert_chain || !private_key) return ServerCredentials.createInsecure();
  return ServerCredentials.createSsl(read(authority), [{ cert_chain, private_key }], authority !== undefined);
};

export const clientCredentials = ({ certificate, key, authority }: TlsFiles): ChannelCredentials =>
  authority === undefined
    ? credentials.createInsecure()
    : credentials.createSsl(read(authority), read(key), read(certificate));
