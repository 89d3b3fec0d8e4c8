/** Writes products.jsonl, the sample catalogue, from the tables in data/: node services/catalog/sample/generate-sample.ts */
import { writeFileSync } from 'node:fs';
import { shelves } from './data/index.ts';
import { expandShelf } from './expand.ts';

const products = shelves.flatMap(expandShelf);
const lines = products.map((product) => `${JSON.stringify(product)}\n`);
writeFileSync(new URL('./products.jsonl', import.meta.url), lines.join(''));

const variants = products.reduce((sum, product) => sum + product.variants.length, 0);
process.stdout.write(`products.jsonl: ${products.length} products, ${variants} variants\n`);
