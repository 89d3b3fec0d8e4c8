import 'inversify';

export const main = 'b';
