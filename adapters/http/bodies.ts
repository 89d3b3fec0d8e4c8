import express, { type RequestHandler } from 'express';
import { LIMITS } from './limits.ts';
import { HttpProblem } from './problem.ts';
import { matchOf } from './recognition.ts';
import { textBody } from './text-body.ts';

/** Bulk imports only. */
const TEXT_TYPES = ['text/csv', 'application/x-ndjson'];

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]); // [ {
const CLOSING = new Set([0x5d, 0x7d]); // ] }

/** Whether unparsed JSON nests arrays and objects more than `most` levels deep. */
export const isTooDeep = (json: Uint8Array, most: number = LIMITS.jsonDepth): boolean => {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (OPENING.has(byte) && ++depth > most) return true;
    else if (CLOSING.has(byte)) depth -= 1;
  }
  return false;
};

const refuseDeep = (_request: unknown, _response: unknown, body: Buffer): void => {
  if (isTooDeep(body))
    throw new HttpProblem('VALIDATION_FAILED', `JSON may be at most ${LIMITS.jsonDepth} levels deep.`);
};

/** Reads JSON and import files, up to the operation's limit of inflated bytes. */
export const readBody = (): RequestHandler => {
  const readers = new Map<number, RequestHandler>();
  const readerOf = (limit: number): RequestHandler => {
    const known =
      readers.get(limit) ??
      express
        .Router()
        .use(
          express.json({ limit, strict: false, verify: refuseDeep }),
          express.raw({ limit, type: TEXT_TYPES }),
          textBody,
        );
    readers.set(limit, known);
    return known;
  };
  return (request, response, next) => readerOf(matchOf(request).route.bodyBytes)(request, response, next);
};
