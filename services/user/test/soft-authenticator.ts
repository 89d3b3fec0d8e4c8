import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');

/** A CBOR item of a major type with a length or value below 65,536. */
const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.of((major << 5) | value);
  return value < 256
    ? Buffer.of((major << 5) | 24, value)
    : Buffer.of((major << 5) | 25, value >> 8, value & 0xff);
};

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return Buffer.concat([head(5, value.size), ...parts]);
};

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** A browser with one passkey (ES256). */
export const softAuthenticator = (origin = 'http://localhost:8080', rpId = 'localhost') => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let counter = 0;

  const dataOf = (flags: number, ...more: readonly Uint8Array[]): Buffer => {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpId), Buffer.of(flags), count, ...more]);
  };
  const clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

  return {
    id: b64(id),
    create: (challenge: string) => {
      const key = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const authData = dataOf(PRESENT | WITH_KEY, Buffer.alloc(16), Buffer.of(0, id.length), id, cbor(key));
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      const response = {
        clientDataJSON: b64(clientData('webauthn.create', challenge)),
        attestationObject: b64(cbor(attestation)),
      };
      return { id: b64(id), rawId: b64(id), type: 'public-key', response, clientExtensionResults: {} };
    },
    /**
     * Signs without asking for a PIN, as it suffices for a second factor.
     * @param userId of the account for which it was created, for a login without a password
     */
    sign: (
      challenge: string,
      { userId, isVerified = false }: { userId?: string; isVerified?: boolean } = {},
    ) => {
      const client = clientData('webauthn.get', challenge);
      const data = dataOf(isVerified ? PRESENT | VERIFIED : PRESENT);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      const response = {
        clientDataJSON: b64(client),
        authenticatorData: b64(data),
        signature: b64(signature),
        ...(userId === undefined ? {} : { userHandle: b64(userId) }),
      };
      return { id: b64(id), rawId: b64(id), type: 'public-key', response, clientExtensionResults: {} };
    },
  };
};
