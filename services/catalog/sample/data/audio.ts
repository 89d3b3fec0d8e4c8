import type { Shelf } from './row.ts';

export const audio: readonly Shelf[] = [
  {
    category: 'Audio',
    subcategory: 'Headphones',
    shape: 'headphones',
    products: [
      {
        code: 'AUV-HUSH',
        name: 'Hush One',
        brand: 'Auvelin',
        price: 279,
        stock: 'plenty',
        tags: ['headphones', 'noise-cancelling', 'wireless'],
        description:
          'Press the left cup and the aeroplane disappears. Memory-foam cushions, a headband that does not pinch glasses, and 38 hours of battery make these the pair you reach for first.',
        specifications: {
          type: 'over-ear, closed',
          noise_cancelling: 'adaptive, 8 microphones',
          battery_life: '38 hours',
          weight: '254 g',
        },
        options: { colour: ['Black', 'Oat', 'Petrol'] },
      },
      {
        code: 'AUV-ATEL',
        name: 'Atelier Open',
        brand: 'Auvelin',
        price: 459,
        stock: 'steady',
        tags: ['headphones', 'audiophile', 'wired'],
        description:
          'Open-backed headphones for an evening alone with a record you think you know. The stage is wide, the bass is honest, and the walnut cups are turned from offcuts of a furniture workshop two streets away. Every part can be unscrewed and replaced.',
        specifications: {
          type: 'over-ear, open',
          driver: '50 mm, bio-cellulose',
          impedance: '62 Ω',
          cable: '2 m, detachable',
        },
        options: { wood: ['Walnut', 'Ash'] },
      },
      {
        code: 'BRN-TRAIL',
        name: 'Trailbuds',
        brand: 'Borrun',
        price: 119,
        stock: 'plenty',
        tags: ['earbuds', 'sport', 'waterproof'],
        description:
          'Earbuds that stay put through burpees, downpours and the final hill. A switchable awareness mode lets the traffic in when you need to hear it.',
        specifications: {
          type: 'in-ear, wireless',
          battery_life: '9 hours, 30 with the case',
          protection: 'IP67',
          tips: '5 sizes',
        },
        options: { colour: ['Black', 'White', 'Orange'] },
        shape: 'earbuds',
      },
      {
        code: 'BRN-DOT',
        name: 'Dot Earbuds',
        brand: 'Borrun',
        price: 49.9,
        stock: 'plenty',
        tags: ['earbuds', 'budget', 'wireless'],
        description:
          'Keep a pair in every coat; at this price nobody counts. They sound better than they have any right to. The case is the size of a matchbox and fills up in twenty minutes.',
        specifications: {
          type: 'in-ear, wireless',
          battery_life: '6 hours, 24 with the case',
          weight: '4 g each',
        },
        options: { colour: ['White', 'Sky', 'Blush', 'Graphite'] },
        shape: 'earbuds',
      },
      {
        code: 'AUV-KIDO',
        name: 'Kido Junior',
        brand: 'Auvelin',
        price: 39.95,
        stock: 'steady',
        tags: ['headphones', 'kids', 'volume-limited'],
        description:
          'Limited to 85 decibels by the hardware, so no setting can be talked around. The padded band grows from toddler to ten-year-old, and the cable pulls out before it strangles anything.',
        specifications: {
          type: 'on-ear, wired',
          volume_limit: '85 dB',
          age: '3 to 10 years',
          cable: '1.2 m, breakaway',
        },
        options: { colour: ['Yellow', 'Teal', 'Coral'] },
      },
    ],
  },
  {
    category: 'Audio',
    subcategory: 'Speakers',
    shape: 'speaker',
    products: [
      {
        code: 'SND-MARL',
        name: 'Marlow Bookshelf Pair',
        brand: 'Sondermark',
        price: 389,
        stock: 'steady',
        tags: ['speakers', 'hi-fi', 'active'],
        description:
          'Two compact cabinets with amplifiers inside, so the only other thing you need is music. They fill a living room without drawing a line between you and the neighbours, and the front baffle hides a very good silk tweeter.',
        specifications: {
          power: '2 × 60 W',
          inputs: 'line, optical, phono, wireless',
          dimensions: '16 × 27 × 22 cm each',
          finish: 'real wood veneer',
        },
        options: { wood: ['Oak', 'Walnut', 'Black'] },
      },
      {
        code: 'SND-COBB',
        name: 'Cobble Travel Speaker',
        brand: 'Sondermark',
        price: 89,
        stock: 'plenty',
        tags: ['speaker', 'portable', 'waterproof'],
        description:
          'About the size of a grapefruit, and just as happy in the pool. Two of them find each other and play in stereo.',
        specifications: {
          power: '12 W',
          battery_life: '14 hours',
          protection: 'IP67, floats',
          weight: '490 g',
        },
        options: { colour: ['Slate', 'Rust', 'Mustard', 'Forest'] },
      },
      {
        code: 'SND-CONC',
        name: 'Concert Floor Speaker',
        brand: 'Sondermark',
        price: 1290,
        stock: 'few',
        tags: ['speaker', 'hi-fi', 'floor-standing'],
        description:
          'A metre of Danish birch plywood with a 20 cm woofer at ankle height. Listeners tend to sit down, go quiet and miss the last bus. Sold singly, because some rooms want three.',
        specifications: {
          drivers: '3-way, 20 cm woofer',
          sensitivity: '89 dB',
          amplifier: '40 to 200 W recommended',
          height: '104 cm',
        },
        options: { wood: ['Oak', 'Black'] },
      },
    ],
  },
  {
    category: 'Audio',
    subcategory: 'Turntables',
    shape: 'turntable',
    products: [
      {
        code: 'RVL-T1',
        name: 'Rivolet T1',
        brand: 'Rivolet',
        price: 299,
        stock: 'steady',
        tags: ['turntable', 'vinyl', 'beginner'],
        description:
          'Lift the lid, lower the arm, done. The T1 comes fully set up with cartridge, counterweight and a phono stage you can switch off the day you outgrow it.',
        specifications: {
          drive: 'belt',
          speeds: '33⅓ and 45 rpm',
          cartridge: 'moving magnet, fitted',
          outputs: 'line and phono',
        },
        options: { finish: ['Black', 'White', 'Walnut'] },
      },
      {
        code: 'RVL-T7',
        name: 'Rivolet T7 Reference',
        brand: 'Rivolet',
        price: 1149,
        stock: 'few',
        tags: ['turntable', 'vinyl', 'audiophile'],
        description:
          'A six-kilo platter, a carbon arm and a motor in its own house so that it disturbs nothing. Setting it up takes an afternoon; you will enjoy every minute of it.',
        specifications: {
          drive: 'belt, decoupled motor',
          platter: '6.1 kg, acrylic on brass',
          tonearm: '10-inch carbon fibre',
          cartridge: 'not included',
        },
        options: { finish: ['Graphite', 'Cherry'] },
      },
    ],
  },
];
