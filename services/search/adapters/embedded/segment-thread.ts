/** A thread that holds a segment and carries out its operations for the thread that started it. */
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { openSegment, type Operations } from './operations.ts';

createBirpc<object, Operations>(openSegment(), {
  post: (message) => parentPort?.postMessage(message),
  on: (listener) => parentPort?.on('message', listener),
});
