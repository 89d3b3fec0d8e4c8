import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const PARTS = ['accounts', 'mailbox'] as const;

/** What makes trying the shop out pleasant, and would be a way in where strangers can reach it. */
export type DemoPart = (typeof PARTS)[number];

/** A list of parts: `accounts,mailbox`; `none` is the empty one. */
export const demoSetting = z
  .string()
  .transform((text) => (text === 'none' ? [] : text.split(',').map((part) => part.trim())))
  .pipe(z.array(z.enum(PARTS)))
  .optional();

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** Which parts there are: those that were asked for by name; else all on loopback and in one process, and none elsewhere. */
export const demoOf = (
  asked: readonly DemoPart[] | undefined,
  profile: string,
  host: string,
): readonly DemoPart[] => asked ?? (isLoopback(host) && profile !== 'distributed' ? PARTS : []);

/** Says in one line which parts are missing, why, and how to get them; undefined when all are there. */
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
