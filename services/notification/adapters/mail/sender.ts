/** The sender of mails. */
export interface Sender {
  /** The visible name. */
  readonly name: string;
  readonly address: string;
  /** The domain of the address. */
  readonly domain: string;
}

const NAMED = /^(?:"(?<quoted>[^"<>]*)"|(?<plain>[^"<>]*?))\s*<(?<address>[^<>]*)>$/;
const ADDRESS = /^[^\s<>@]+@(?<domain>[^\s<>@]+)$/;

/** Reads `Name <address>` or a plain address; undefined for anything else. */
export const parseSender = (text: string): Sender | undefined => {
  const named = NAMED.exec(text.trim())?.groups;
  const address = named?.['address'] ?? text.trim();
  const domain = ADDRESS.exec(address)?.groups?.['domain'];
  if (domain === undefined) return undefined;
  const name = named?.['quoted'] ?? named?.['plain'] ?? '';
  return { name: name === '' ? domain : name, address, domain };
};
