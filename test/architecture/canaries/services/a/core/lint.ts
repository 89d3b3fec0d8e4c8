// Each line breaks the rule that its comment names.
import { readFileSync } from 'node:fs'; // eslint(no-restricted-imports)
import type { EventPayloads } from '#kernel/events.ts'; // eslint(no-restricted-imports)
import { kernel } from '#kernel/kernel.ts'; // typescript(consistent-type-imports)

export type Kernel = typeof kernel;
export type Color = 'red' | 'green';
export interface Line {
  readonly product_id: EventPayloads; // shop(no-restricted-syntax)
}

const work = async (): Promise<string> => Promise.resolve(readFileSync('/dev/null', 'utf8'));
const list: readonly string[] = [];

export const breaks = (color: Color, text: string, line: Line): unknown[] => {
  work(); // typescript(no-floating-promises)
  if (work()) console.log('always'); // typescript(no-misused-promises) eslint(no-console)
  const anything: any = text; // typescript(no-explicit-any)
  const unsafe: string = anything; // typescript(no-unsafe-assignment)
  const count: number = text; // typescript(TS2322)
  const { product_id: productId } = line; // shop(no-restricted-syntax)
  switch (
    color // typescript(switch-exhaustiveness-check)
  ) {
    case 'red':
      break;
  }
  return [
    unsafe,
    count,
    productId,
    list.at(0)!, // typescript(no-non-null-assertion)
    anything(), // typescript(no-unsafe-call)
    anything.member, // typescript(no-unsafe-member-access)
    Date.now(), // eslint(no-restricted-properties)
    Math.random(), // eslint(no-restricted-properties)
    crypto.randomUUID(), // eslint(no-restricted-properties)
    new Date(), // shop(no-restricted-syntax)
    process.env, // eslint(no-restricted-globals)
    text == 'loose', // eslint(eqeqeq)
    line.product_id, // shop(no-restricted-syntax)
    { product_id: text }, // shop(no-restricted-syntax)
  ];
};
