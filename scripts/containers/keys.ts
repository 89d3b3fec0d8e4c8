/**
 * `node keys.ts FOLDER`, on nothing but Node: makes a signing key for the service that each folder in FOLDER is named after, unless it is
 * there already. Writes it as `key.json`, and the public keys of all as `public-keys.json`, into the service's folder.
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node keys.ts FOLDER');

/** The folder is its service's alone, which runs as another user than this one. */
const READABLE = { mode: 0o444 };

const services = readdirSync(folder);
const publicKeys = services.map((service) => {
  const file = join(folder, service, 'key.json');
  if (!existsSync(file)) {
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    writeFileSync(file, JSON.stringify({ ...jwk, kid: service, alg: 'EdDSA', use: 'sig' }), READABLE);
  }
  const { d: _secret, ...publicKey } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return publicKey;
});
for (const service of services) {
  const file = join(folder, service, 'public-keys.json');
  writeFileSync(file, JSON.stringify({ keys: publicKeys }), READABLE);
}
