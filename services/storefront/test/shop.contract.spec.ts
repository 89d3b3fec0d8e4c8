import { fakeShop } from './fake-shop.ts';
import { shopContract } from './shop.contract.ts';

shopContract('the fake of the specs', () => Promise.resolve(fakeShop().shopFor));
