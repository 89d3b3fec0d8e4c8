import type { Shelf } from './row.ts';

export const furniture: readonly Shelf[] = [
  {
    category: 'Furniture',
    subcategory: 'Chairs',
    shape: 'chair',
    products: [
      {
        code: 'BRV-ALMA',
        name: 'Alma Dining Chair',
        brand: 'Brunvik',
        price: 179,
        stock: 'plenty',
        tags: ['chair', 'dining', 'wood'],
        description:
          'Long dinners are decided by chairs. This one leans back by three degrees more than etiquette allows, and its curved rail meets you exactly where the third course begins to weigh.',
        specifications: { seat_height: '46 cm', material: 'solid beech', load: '130 kg', assembly: 'none' },
        options: { colour: ['Black', 'Oak', 'Forest', 'Terracotta'] },
      },
      {
        code: 'BRV-STACK',
        name: 'Canteen Stacking Chair',
        brand: 'Brunvik',
        price: 94,
        stock: 'plenty',
        tags: ['chair', 'stackable', 'outdoor'],
        description:
          'Eight of them make a tower one person can carry. Powder-coated steel, at home in the kitchen, unbothered by a night on the balcony.',
        specifications: {
          seat_height: '45 cm',
          material: 'powder-coated steel',
          stack: '8 high',
          weight: '4.1 kg',
        },
        options: { colour: ['Yellow', 'White', 'Sage', 'Graphite'] },
      },
      {
        code: 'WRK-POISE',
        name: 'Poise Desk Chair',
        brand: 'Werkhus',
        price: 389,
        stock: 'steady',
        tags: ['chair', 'office', 'ergonomic'],
        description:
          'It moves when you do, so your back never has to ask. Seat depth, lumbar height and tension adjust from the chair itself with three controls you will not need the manual for.',
        specifications: {
          seat_height: '41 to 54 cm',
          armrests: '4D',
          material: 'wool blend on recycled frame',
          guarantee: '10 years',
        },
        options: { colour: ['Grey', 'Petrol', 'Rust'], castors: ['For carpet', 'For hard floors'] },
        shape: 'office-chair',
      },
    ],
  },
  {
    category: 'Furniture',
    subcategory: 'Sofas & Armchairs',
    shape: 'sofa',
    products: [
      {
        code: 'LNH-BAY',
        name: 'Bay Two-Seater',
        brand: 'Lindhavn',
        price: 1190,
        stock: 'steady',
        tags: ['sofa', 'living-room', 'removable-covers'],
        description:
          'Deep enough for two readers with their feet up. Every cover zips off and survives the machine, which is why we dare to sell it in cream.',
        specifications: {
          width: '178 cm',
          depth: '94 cm',
          frame: 'solid spruce',
          filling: 'feather and foam',
        },
        options: { colour: ['Cream', 'Slate', 'Rust'], legs: ['Oak legs', ['Walnut legs', 40]] },
      },
      {
        code: 'LNH-HARB',
        name: 'Harbour Corner Sofa',
        brand: 'Lindhavn',
        price: 2290,
        stock: 'few',
        tags: ['sofa', 'corner', 'family'],
        description:
          'A sofa the size of a small ferry, with room for the whole crew and the dog. Modules clip together without tools and rearrange themselves when the children, or the flat, grow.',
        specifications: {
          size: '286 × 212 cm',
          seats: '5',
          storage: 'under the chaise',
          delivery: 'carried to your room',
        },
        options: { colour: ['Moss', 'Oat', 'Navy'] },
      },
      {
        code: 'BRV-NOOK',
        name: 'Nook Armchair',
        brand: 'Brunvik',
        price: 549,
        stock: 'steady',
        tags: ['armchair', 'reading', 'wool'],
        description:
          'High wings keep out draughts and small talk. Put a lamp to its left and a shelf to its right, and call the result a library.',
        specifications: { width: '76 cm', seat_height: '43 cm', cover: 'wool bouclé', legs: 'walnut' },
        options: { colour: ['Forest', 'Mustard', 'Plum', 'Stone'] },
        shape: 'armchair',
      },
    ],
  },
  {
    category: 'Furniture',
    subcategory: 'Tables',
    shape: 'table',
    products: [
      {
        code: 'LNH-FEAST',
        name: 'Feast Dining Table',
        brand: 'Lindhavn',
        price: 890,
        stock: 'steady',
        tags: ['table', 'dining', 'solid-wood'],
        description:
          'One plank-thick top, oiled by hand, with a bevel that hides how sturdy it is. The legs sit at the corners so nobody has to straddle one at Christmas.',
        specifications: {
          height: '75 cm',
          thickness: '30 mm',
          finish: 'hardwax oil',
          care: 'oil once a year',
        },
        options: { wood: ['Oak', ['Walnut', 350]], length: ['160 cm', ['200 cm', 180], ['240 cm', 390]] },
      },
      {
        code: 'WRK-RISE',
        name: 'Rise Standing Desk',
        brand: 'Werkhus',
        price: 629,
        stock: 'plenty',
        tags: ['desk', 'height-adjustable', 'office'],
        description:
          'From typing to thinking in nine silent seconds. Four heights live in its memory, a tray underneath catches the cables, and the motor stops when it meets a knee or a cat.',
        specifications: { height: '62 to 127 cm', load: '120 kg', motors: '2', noise: '< 40 dB' },
        options: { top: ['Oak', 'White', 'Black'], width: ['140 cm', ['160 cm', 60]] },
      },
      {
        code: 'BRV-DRUM',
        name: 'Pond Side Table',
        brand: 'Brunvik',
        price: 149,
        stock: 'steady',
        tags: ['table', 'side-table', 'small-spaces'],
        description:
          'Just big enough for a mug, a book and a pair of glasses. The rim is slightly raised because elbows happen.',
        specifications: { diameter: '42 cm', height: '48 cm', material: 'powder-coated steel' },
        options: { colour: ['Petrol', 'Blush', 'Olive'] },
      },
    ],
  },
  {
    category: 'Furniture',
    subcategory: 'Shelving',
    shape: 'shelf',
    products: [
      {
        code: 'WRK-LADD',
        name: 'Rung Bookcase',
        brand: 'Werkhus',
        price: 269,
        stock: 'steady',
        tags: ['shelf', 'books', 'modular'],
        description:
          'Holds about 180 paperbacks, or 40 and a lot of plants. Boards drop on to pegs at any height you like; a second bookcase shares an upright with the first.',
        specifications: {
          size: '80 × 30 × 192 cm',
          boards: '5',
          load: '35 kg per board',
          assembly: '20 minutes',
        },
        options: { wood: ['Oak', 'White', 'Black'] },
      },
      {
        code: 'LNH-CRED',
        name: 'Fjord Sideboard',
        brand: 'Lindhavn',
        price: 1090,
        stock: 'few',
        tags: ['sideboard', 'storage', 'solid-wood'],
        description:
          'Slatted doors let the remote control through and keep the clutter in. The back is finished as carefully as the front, so it may stand in the middle of a room and divide it.',
        specifications: {
          size: '165 × 42 × 70 cm',
          doors: '3, sliding',
          cable_outlets: '2',
          delivery: 'assembled',
        },
        options: { wood: ['Oak', ['Walnut', 220]] },
        shape: 'sideboard',
      },
      {
        code: 'BRV-LEDGE',
        name: 'Ledge Wall Shelf',
        brand: 'Brunvik',
        price: 45,
        stock: 'plenty',
        tags: ['shelf', 'wall', 'small-spaces'],
        description:
          'A thin line of timber that carries more than it seems to. The brackets vanish inside the board.',
        specifications: { depth: '20 cm', load: '18 kg', fixing: 'concealed, included' },
        options: { wood: ['Ash', 'Walnut'], length: ['60 cm', ['90 cm', 15], ['120 cm', 28]] },
        shape: 'ledge',
      },
    ],
  },
];
