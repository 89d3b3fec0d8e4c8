/** The floor for files: Express's own static server on the folder STATIC_FOLDER. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express();
app.use(express.static(process.env['STATIC_FOLDER'] ?? '.', { immutable: true, maxAge: '1y' }));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
});
process.on('disconnect', () => process.exit()); // the process that started it is gone
