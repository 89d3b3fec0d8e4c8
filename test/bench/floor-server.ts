/** The floor for reads: a bare Express route that answers JSON of about the size of a product page. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const item = { product_id: '01900000-0000-7000-8000-000000000000', name: 'A thing to have', brand: 'Maker', category: 'Things', subcategory: 'Small things', tags: ['one', 'two', 'three'], image: '/media/samples/box~aabbcc~Thing.svg', price_from: 19.99, currency: 'EUR', variant_count: 4, created_at: '2026-03-01T12:00:00.000Z' }; // prettier-ignore
const page = { items: Array.from({ length: 24 }, () => item) };

const app = express();
app.get('/', (_request, response) => {
  response.json(page);
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
});
