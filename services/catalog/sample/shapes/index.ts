import { books } from './books.ts';
import { box } from './box.ts';
import { care } from './care.ts';
import { carried } from './carried.ts';
import { clothing } from './clothing.ts';
import { cycling } from './cycling.ts';
import type { Shape } from './draw.ts';
import { furniture } from './furniture.ts';
import { garden } from './garden.ts';
import { home } from './home.ts';
import { kitchen } from './kitchen.ts';
import { music } from './music.ts';
import { outdoor } from './outdoor.ts';
import { pantry } from './pantry.ts';
import { paper } from './paper.ts';
import { shoes } from './shoes.ts';
import { tableware } from './tableware.ts';
import { technology } from './technology.ts';
import { toys } from './toys.ts';

const groups = [
  { box },
  books,
  care,
  carried,
  clothing,
  cycling,
  furniture,
  garden,
  home,
  kitchen,
  music,
  outdoor,
  pantry,
  paper,
  shoes,
  tableware,
  technology,
  toys,
];

/** Every object we can draw, by the name it has in a picture's name. */
export const shapes: ReadonlyMap<string, Shape> = new Map(groups.flatMap((group) => Object.entries(group)));
