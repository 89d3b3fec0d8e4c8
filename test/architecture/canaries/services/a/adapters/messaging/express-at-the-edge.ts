import type { Request } from 'express';

export type Escaped = Request;
