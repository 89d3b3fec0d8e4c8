import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import { makePortal } from '../adapters/http/portal.ts';

const BUILD = fileURLToPath(new URL('../../../.cache/faces/admin', import.meta.url));

/** The portal, to be mounted at `/admin`. */
export const adminPortal = (folder = BUILD): Router => makePortal(folder);
