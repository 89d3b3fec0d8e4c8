/** The floor for HTTP: a bare Express route. Answers `FLOOR_BODY` as JSON, else JSON of about the size of a product page. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const item = { product_id: '01900000-0000-7000-8000-000000000000', name: 'A thing to have', brand: 'Maker', category: 'Things', subcategory: 'Small things', tags: ['one', 'two', 'three'], image: '/media/samples/box~aabbcc~Thing.svg', price_from: 19.99, currency: 'EUR', variant_count: 4, created_at: '2026-03-01T12:00:00.000Z' }; // prettier-ignore
const page = { items: Array.from({ length: 24 }, () => item) };
const { FLOOR_BODY } = process.env;
const body: unknown = FLOOR_BODY === undefined ? page : JSON.parse(FLOOR_BODY);

const app = express();
app.get('/', (_request, response) => {
  response.json(body);
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit()); // the process that started it is gone
