import type { Shelf } from './row.ts';

export const accessories: readonly Shelf[] = [
  {
    category: 'Accessories',
    subcategory: 'Bags',
    shape: 'backpack',
    products: [
      {
        code: 'ORW-COMM',
        name: 'Commuter Roll Pack',
        brand: 'Orrowin',
        price: 129,
        stock: 'plenty',
        tags: ['backpack', 'laptop', 'commute'],
        description:
          'A backpack that behaves in a meeting. The roll top swallows a helmet or flattens against your back, the laptop rides in a suspended sleeve, and a hidden pocket keeps the passport where nobody else looks.',
        specifications: {
          volume: '18 to 24 l',
          laptop: 'up to 16 inches',
          material: 'recycled canvas, waxed',
          weight: '920 g',
        },
        options: { colour: ['Charcoal', 'Olive', 'Rust'] },
      },
      {
        code: 'ORW-TOTE',
        name: 'Saturday Market Tote',
        brand: 'Orrowin',
        price: 39,
        stock: 'plenty',
        tags: ['tote', 'canvas', 'shopping'],
        description:
          'Holds eleven kilos of market optimism. Heavy canvas, a flat base so the eggs stay upright, and handles long enough for a winter coat.',
        specifications: { material: '18 oz cotton canvas', size: '42 × 38 × 16 cm', load: '15 kg' },
        options: { colour: ['Natural', 'Navy', 'Mustard', 'Sage'] },
        shape: 'tote',
      },
      {
        code: 'CST-WEEK',
        name: 'Northbound Weekender',
        brand: 'Castellow',
        price: 289,
        stock: 'few',
        tags: ['travel', 'leather', 'hand-luggage'],
        description:
          'Two nights, one bag, no wheels rattling over cobbles. The leather comes from a tannery that uses olive leaves instead of chrome, and it fits the strictest overhead locker we could find.',
        specifications: {
          volume: '34 l',
          size: '48 × 30 × 22 cm',
          material: 'olive-tanned leather',
          shoe_compartment: 'yes',
        },
        options: { colour: ['Cognac', 'Black'] },
        shape: 'tote',
      },
      {
        code: 'CST-FOLD',
        name: 'Slim Fold Wallet',
        brand: 'Castellow',
        price: 59,
        stock: 'steady',
        tags: ['wallet', 'leather', 'gift'],
        description:
          'Eight cards, a few notes, and a key for emergencies, all in the thickness of a biscuit. One cut of leather, folded like a letter.',
        specifications: { cards: '8', thickness: '9 mm empty', material: 'vegetable-tanned leather' },
        options: { colour: ['Tan', 'Espresso', 'Forest'], monogram: ['None', ['Two initials', 12]] },
        shape: 'wallet',
      },
    ],
  },
  {
    category: 'Accessories',
    subcategory: 'Watches',
    shape: 'watch',
    products: [
      {
        code: 'TMW-FIELD',
        name: 'Fieldman 38',
        brand: 'Tamworth Dials',
        price: 195,
        stock: 'steady',
        tags: ['watch', 'automatic', 'everyday'],
        description:
          'A field watch stripped to what a field demands: big numerals, a hacking movement, a case you can hose down. Wind it by wearing it.',
        specifications: {
          movement: 'automatic, 41 h reserve',
          case: '38 mm steel',
          glass: 'sapphire',
          water_resistance: '10 bar',
        },
        options: { strap: ['Tan', 'Olive', 'Black'] },
      },
      {
        code: 'TMW-TIDE',
        name: 'Tidal Diver 200',
        brand: 'Tamworth Dials',
        price: 420,
        stock: 'few',
        tags: ['watch', 'diving', 'automatic'],
        description:
          'Tested in salt water, worn mostly at desks, ready for both. The ceramic bezel clicks round like a safe, and the hands glow well past midnight.',
        specifications: {
          movement: 'automatic',
          case: '41 mm steel',
          bezel: 'ceramic, 120 clicks',
          water_resistance: '20 bar',
        },
        options: { strap: ['Navy', 'Orange'] },
      },
      {
        code: 'MIN-SOLO',
        name: 'Solo One-Hand Watch',
        brand: 'Minuta',
        price: 148,
        stock: 'steady',
        tags: ['watch', 'minimal', 'gift'],
        description:
          'One hand, twenty-four hours, five-minute precision. It is a gentle way of telling the time, and a firm way of telling others you are not in a hurry.',
        specifications: {
          movement: 'quartz',
          case: '40 mm, brushed steel',
          thickness: '7.2 mm',
          glass: 'domed mineral',
        },
        options: { strap: ['Espresso', 'Grey', 'Petrol'] },
      },
    ],
  },
  {
    category: 'Accessories',
    subcategory: 'Eyewear',
    shape: 'sunglasses',
    products: [
      {
        code: 'SOL-LIDO',
        name: 'Lido Sunglasses',
        brand: 'Solquist',
        price: 119,
        stock: 'plenty',
        tags: ['sunglasses', 'polarised', 'summer'],
        description:
          'Cut from Italian acetate in a shape borrowed from a 1962 postcard. The polarised lenses take the glare off the sea without turning it grey.',
        specifications: {
          frame: 'cotton acetate',
          lenses: 'polarised, category 3',
          width: '142 mm',
          hinges: '5-barrel',
        },
        options: { frame: ['Black', 'Amber', 'Olive'], lens: ['Grey lens', 'Brown lens'] },
      },
      {
        code: 'SOL-BREAK',
        name: 'Breakaway Wrap',
        brand: 'Solquist',
        price: 89,
        stock: 'steady',
        tags: ['sunglasses', 'sport', 'cycling'],
        description:
          'Wind stays out, sweat stays off, and the lens darkens as you leave the woods. Rubber grips hold on to the bumpiest lane.',
        specifications: { frame: 'bio-based nylon', lenses: 'photochromic, category 1 to 3', weight: '26 g' },
        options: { frame: ['White', 'Red', 'Petrol'] },
      },
    ],
  },
  {
    category: 'Accessories',
    subcategory: 'Hats & Scarves',
    shape: 'beanie',
    products: [
      {
        code: 'FJM-BOBB',
        name: 'Bobble Hat Tromdal',
        brand: 'Fjelmark',
        price: 36,
        stock: 'plenty',
        tags: ['hat', 'wool', 'winter'],
        description:
          'Chunky rib outside, fleece band inside, and a bobble you can unbutton before job interviews. Knitted in a village where nobody asks whether it is cold.',
        specifications: { material: '100 % lambswool', lining: 'fleece band', size: 'one size' },
        options: { colour: ['Mustard', 'Petrol', 'Burgundy', 'Grey'] },
      },
      {
        code: 'FJM-SCRF',
        name: 'Long Walk Scarf',
        brand: 'Fjelmark',
        price: 58,
        stock: 'steady',
        tags: ['scarf', 'wool', 'gift'],
        description:
          'Two metres twenty of brushed lambswool, woven on the Atlantic coast. Long enough to share on a bench.',
        specifications: { material: '100 % lambswool', size: '220 × 32 cm', care: 'air, then hand wash' },
        options: { colour: ['Rust', 'Forest', 'Slate', 'Cream'] },
        shape: 'scarf',
      },
      {
        code: 'HLW-SILK',
        name: 'Orchard Silk Neckerchief',
        brand: 'Hollin & Wray',
        price: 45,
        stock: 'few',
        tags: ['scarf', 'silk', 'gift'],
        description:
          'Printed with pears, signed by the illustrator, hemmed by hand. Tie it at the neck, the wrist or the handle of a bag that needs cheering up.',
        specifications: { material: '100 % mulberry silk', size: '53 × 53 cm', hem: 'hand-rolled' },
        options: { colour: ['Sky', 'Coral', 'Sage'] },
        shape: 'scarf',
      },
    ],
  },
];
