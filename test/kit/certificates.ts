import { generate } from 'selfsigned';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Certificate {
  /** One that it vouches for: a server on this machine, or a client. */
  issue(name: string): Promise<Certificate>;
}

const COMMON = { keyType: 'ec', algorithm: 'sha256' } as const;
const attributesOf = (name: string) => [{ name: 'commonName', value: name }];

/** A certificate authority of the test's own. */
export const makeAuthority = async (name = 'Test authority'): Promise<Authority> => {
  const { cert, private: key } = await generate(attributesOf(name), {
    ...COMMON,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return {
    cert,
    key,
    issue: async (subject) => {
      const issued = await generate(attributesOf(subject), {
        ...COMMON,
        ca: { cert, key },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: 'localhost' },
              { type: 7, ip: '127.0.0.1' },
            ],
          },
        ],
      });
      return { cert: issued.cert, key: issued.private };
    },
  };
};
