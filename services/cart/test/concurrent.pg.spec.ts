import { concurrentCarts } from './concurrent.contract.ts';

concurrentCarts('postgres');
