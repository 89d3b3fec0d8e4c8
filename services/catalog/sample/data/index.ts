import { accessories } from './accessories.ts';
import { audio } from './audio.ts';
import { books } from './books.ts';
import { care } from './care.ts';
import { clothing } from './clothing.ts';
import { coffeeAndTea } from './coffee-and-tea.ts';
import { cycling } from './cycling.ts';
import { electronics } from './electronics.ts';
import { furniture } from './furniture.ts';
import { garden } from './garden.ts';
import { home } from './home.ts';
import { kitchen } from './kitchen.ts';
import { music } from './music.ts';
import { outdoor } from './outdoor.ts';
import { pantry } from './pantry.ts';
import type { Shelf } from './row.ts';
import { shoes } from './shoes.ts';
import { stationery } from './stationery.ts';
import { toysAndGames } from './toys-and-games.ts';

/** Everything on sale, in the order in which a shopper meets it. */
export const shelves: readonly Shelf[] = [
  electronics,
  audio,
  clothing,
  shoes,
  accessories,
  furniture,
  home,
  kitchen,
  coffeeAndTea,
  pantry,
  books,
  cycling,
  outdoor,
  garden,
  toysAndGames,
  care,
  music,
  stationery,
].flat();
