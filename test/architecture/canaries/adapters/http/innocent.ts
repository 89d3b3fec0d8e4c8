import 'express';

export const adapter = 'http';
