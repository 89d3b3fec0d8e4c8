import { credentials, ServerCredentials, type ChannelCredentials } from '@grpc/grpc-js';
import type { Tls } from '../service/tls.ts';

// Without files the connection is unencrypted: for loopback, or behind a mesh that encrypts.
const isPlain = ({ ca, cert, key }: Tls): boolean => !ca && !cert && !key;

/** With a `ca`, clients must present a certificate signed by it. */
export const serverCredentials = (tls: Tls): ServerCredentials => {
  if (isPlain(tls)) return ServerCredentials.createInsecure();
  const { ca = null, cert, key } = tls;
  if (!cert || !key) throw new Error('a server must have a certificate and its key');
  return ServerCredentials.createSsl(ca, [{ cert_chain: cert, private_key: key }], ca !== null);
};

/** Without a `ca`, Node's own certificate authorities are trusted. */
export const clientCredentials = (tls: Tls): ChannelCredentials =>
  isPlain(tls)
    ? credentials.createInsecure()
    : credentials.createSsl(tls.ca ?? null, tls.key ?? null, tls.cert ?? null);
