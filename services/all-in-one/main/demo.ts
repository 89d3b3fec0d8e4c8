import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const PARTS = ['accounts', 'mailbox'] as const;

/** Parts that make demos convenient, and would be a security hole where others can reach the shop. */
export type DemoPart = (typeof PARTS)[number];

/** A list of parts: `accounts,mailbox`; `none` is the empty list. */
export const demoSetting = z
  .string()
  .transform((text) => (text === 'none' ? [] : text.split(',').map((part) => part.trim())))
  .pipe(z.array(z.enum(PARTS)))
  .optional();

/** Whether a listener on this host can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** The enabled parts: those named explicitly; by default all on loopback in one process, and none otherwise. */
export const demoOf = (
  asked: readonly DemoPart[] | undefined,
  profile: string,
  host: string,
): readonly DemoPart[] => asked ?? (isLoopback(host) && profile !== 'distributed' ? PARTS : []);

/** One line that names the disabled parts, the reason, and how to enable them; undefined if all are enabled. */
export const demoNote = (demo: readonly DemoPart[], profile: string, host: string): string | undefined => {
  const missing = PARTS.filter((part) => !demo.includes(part));
  if (missing.length === 0) return undefined;
  const reason = !isLoopback(host)
    ? `HOST is ${host}, which others can reach`
    : profile === 'distributed'
      ? 'the profile is distributed'
      : 'DEMO says so';
  return `No demo ${missing.join(' and no ')}, since ${reason}. DEMO=${PARTS.join(',')} asks for both.`;
};
