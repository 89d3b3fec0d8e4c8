// Each line breaks the rule that its comment names.
import { readFileSync } from 'node:fs'; // no-restricted-imports
import type { EventPayloads } from '#kernel/events.ts'; // no-restricted-imports
import { kernel } from '#kernel/kernel.ts'; // @typescript-eslint/consistent-type-imports

export type Kernel = typeof kernel;
export type Color = 'red' | 'green';
export interface Line {
  readonly product_id: EventPayloads; // no-restricted-syntax
}

const work = async (): Promise<string> => Promise.resolve(readFileSync('/dev/null', 'utf8'));
const list: readonly string[] = [];

export const breaks = (color: Color, text: string, line: Line): unknown[] => {
  work(); // @typescript-eslint/no-floating-promises
  if (work()) console.log('always'); // @typescript-eslint/no-misused-promises no-console
  const anything: any = text; // @typescript-eslint/no-explicit-any
  const unsafe: string = anything; // @typescript-eslint/no-unsafe-assignment
  const { product_id: productId } = line; // no-restricted-syntax
  switch (
    color // @typescript-eslint/switch-exhaustiveness-check
  ) {
    case 'red':
      break;
  }
  return [
    unsafe,
    productId,
    list.at(0)!, // @typescript-eslint/no-non-null-assertion
    anything(), // @typescript-eslint/no-unsafe-call
    anything.member, // @typescript-eslint/no-unsafe-member-access
    Date.now(), // no-restricted-properties
    Math.random(), // no-restricted-properties
    crypto.randomUUID(), // no-restricted-properties
    new Date(), // no-restricted-syntax
    process.env, // no-restricted-globals
    text == 'loose', // eqeqeq
    line.product_id, // no-restricted-syntax
    { product_id: text }, // no-restricted-syntax
  ];
};
