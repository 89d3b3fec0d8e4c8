import type { Shelf } from './row.ts';

export const stationery: readonly Shelf[] = [
  {
    category: 'Stationery',
    subcategory: 'Notebooks',
    shape: 'notebook',
    products: [
      {
        code: 'FOL-FIELD',
        name: 'Thread-Bound Notebook',
        brand: 'Foliant Works',
        price: 18.5,
        stock: 'plenty',
        tags: ['notebook', 'paper', 'everyday'],
        description:
          'Opens flat on page one and on page two hundred. The paper takes fountain pen without feathering, and numbered pages mean your index finally works.',
        specifications: { pages: '208, numbered', paper: '90 g/m², ivory', size: 'A5', binding: 'sewn' },
        options: { cover: ['Navy', 'Rust', 'Sage', 'Black'], ruling: ['Dotted', 'Ruled', 'Blank'] },
      },
      {
        code: 'FOL-YEAR',
        name: 'Year Planner, Undated',
        brand: 'Foliant Works',
        price: 26,
        stock: 'steady',
        tags: ['planner', 'undated', 'gift'],
        description:
          'Start in March if that is when you get round to it. One week on the left, room for second thoughts on the right, and a pocket for the ticket stubs.',
        specifications: { weeks: '53', paper: '100 g/m²', size: '15 × 21 cm', ribbons: '2' },
        options: { cover: ['Forest', 'Blush', 'Charcoal'] },
      },
      {
        code: 'FOL-SKETCH',
        name: 'Cold-Press Sketchbook',
        brand: 'Foliant Works',
        price: 32,
        stock: 'few',
        tags: ['sketchbook', 'watercolour', 'artist'],
        description:
          'Cotton paper with a tooth, thick enough for two washes and a change of mind. The binding surrenders completely, so a landscape may cross the fold.',
        specifications: { pages: '48', paper: '300 g/m², 100 % cotton', binding: 'sewn, lies flat' },
        options: { cover: ['Cream', 'Slate'], size: ['A5', ['A4', 16]] },
      },
    ],
  },
  {
    category: 'Stationery',
    subcategory: 'Pens',
    shape: 'pen',
    products: [
      {
        code: 'FDL-NIB',
        name: 'Wren Fountain Pen',
        brand: 'Fiddlenib',
        price: 48,
        stock: 'steady',
        tags: ['pen', 'fountain-pen', 'gift'],
        description:
          'A steel nib tuned by hand, so it writes from the first stroke and does not mind lefties. Light for its size, with a click of a cap you will come to overuse.',
        specifications: { nib: 'steel, hand-tuned', filling: 'cartridge or converter', weight: '19 g' },
        options: { colour: ['Petrol', 'Burgundy', 'Graphite'], nib: ['Fine', 'Medium', 'Broad'] },
      },
      {
        code: 'FDL-BALL',
        name: 'Machinist’s Pocket Pen',
        brand: 'Fiddlenib',
        price: 34,
        stock: 'plenty',
        tags: ['pen', 'ballpoint', 'metal'],
        description:
          'Turned from a single bar, with no plastic anywhere. The bare metals darken where you hold them; the black one keeps its secrets. You will notice at once when it is not in your pocket.',
        specifications: { material: 'solid metal', length: '11.2 cm', refill: 'standard, replaceable' },
        options: { finish: ['Brass', 'Copper', 'Black'] },
      },
      {
        code: 'FDL-INK',
        name: 'Apothecary Ink',
        brand: 'Fiddlenib',
        price: 12.8,
        stock: 'steady',
        tags: ['ink', 'fountain-pen', 'bottle'],
        description:
          'Six colours mixed after things found on one walk: moss, brick, plum, slate, rose hip and the last of the evening. Dries in nine seconds.',
        specifications: { volume: '40 ml', type: 'dye-based, pH neutral', bottle: 'glass, wide mouth' },
        options: { ink: ['Moss', 'Brick', 'Plum', 'Slate', 'Rose', 'Indigo'] },
        shape: 'ink',
      },
    ],
  },
  {
    category: 'Stationery',
    subcategory: 'Desk',
    shape: 'pencils',
    products: [
      {
        code: 'TRY-CUP',
        name: 'Pencil Pot with Twelve',
        brand: 'Traywright',
        price: 29,
        stock: 'plenty',
        tags: ['pencils', 'desk', 'gift'],
        description:
          'A stoneware pot, and twelve cedar pencils from 4B to 2H to put in it. Sharpened at the workshop; the first one always goes to a child.',
        specifications: { pencils: '12, cedar', pot: 'stoneware, 10 cm', grades: '4B to 2H' },
        options: { pot: ['Denim', 'Terracotta', 'White'] },
      },
      {
        code: 'TRY-SHEAR',
        name: 'Long-Cut Paper Scissors',
        brand: 'Traywright',
        price: 22.5,
        stock: 'steady',
        tags: ['scissors', 'steel', 'desk'],
        description:
          'They glide rather than chew. Blades ground from one piece of steel meet along their whole length, which is harder than it sounds.',
        specifications: { length: '21 cm', steel: 'stainless, hot-forged', handles: 'lacquered' },
        options: { colour: ['Red', 'Black', 'Teal'], hand: ['Right-handed', 'Left-handed'] },
        shape: 'scissors',
      },
      {
        code: 'TRY-LEATHER',
        name: 'Desk Pad Morgan Street',
        brand: 'Traywright',
        price: 69,
        stock: 'steady',
        tags: ['desk', 'leather', 'office'],
        description:
          'Covers coffee rings, dampens typing, improves posture by making you want to sit at it. Cork underneath, so it stays where you put it.',
        specifications: { size: '80 × 40 cm', material: 'leather on cork', edges: 'waxed' },
        options: { colour: ['Cognac', 'Forest', 'Graphite'] },
        shape: 'deskpad',
      },
    ],
  },
];
