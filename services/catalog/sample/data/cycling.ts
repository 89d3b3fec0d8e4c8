import type { Shelf } from './row.ts';

export const cycling: readonly Shelf[] = [
  {
    category: 'Cycling',
    subcategory: 'City Bikes',
    shape: 'bicycle',
    products: [
      {
        code: 'VLD-KADE',
        name: 'Kade 8',
        brand: 'Veldrijn',
        price: 949,
        stock: 'steady',
        tags: ['bicycle', 'city', 'commute'],
        description:
          'Sit up and look around: the Kade is made for seeing over cars. Belt drive, hub gears and mudguards mean you arrive with clean trousers and wash the bike about once a year.',
        specifications: { gears: '8, hub', drive: 'carbon belt', wheel: '28 inch', weight: '14.6 kg' },
        options: { colour: ['Forest', 'Cream', 'Black'], frame: ['50 cm', '55 cm', '60 cm'] },
      },
      {
        code: 'VLD-MOTE',
        name: 'Mote E-City',
        brand: 'Veldrijn',
        price: 2390,
        stock: 'steady',
        tags: ['e-bike', 'city', 'step-through'],
        description:
          'You hear birds rather than the motor, yet it makes light of a child, a week’s groceries and the bridge. A step-through frame makes every stop graceful.',
        specifications: {
          motor: 'mid-drive, 65 Nm',
          battery: '500 Wh, removable',
          range: 'up to 110 km',
          weight: '22.8 kg',
        },
        options: { colour: ['Petrol', 'Sand'], frame: ['46 cm', '51 cm', '56 cm'] },
      },
      {
        code: 'HPS-FIRST',
        name: 'Hopscot 20',
        brand: 'Hopscot Cycles',
        price: 329,
        stock: 'plenty',
        tags: ['bicycle', 'kids', 'lightweight'],
        description:
          'Under nine kilos, so a six-year-old can pick it up and try again. Short cranks and small brake levers fit actual children rather than shrunken adults.',
        specifications: { wheel: '20 inch', gears: '7', age: '6 to 9 years', weight: '8.6 kg' },
        options: { colour: ['Red', 'Yellow', 'Teal'] },
      },
    ],
  },
  {
    category: 'Cycling',
    subcategory: 'Road & Gravel',
    shape: 'racer',
    products: [
      {
        code: 'CRT-SCREE',
        name: 'Scree Gravel',
        brand: 'Corrant',
        price: 1890,
        stock: 'steady',
        tags: ['bicycle', 'gravel', 'bikepacking'],
        description:
          'Where the map turns from yellow to white, the Scree shifts down and keeps going. Clearance for 50 mm tyres, eyelets for everything you own, and steering that stays calm when the road does not.',
        specifications: {
          frame_material: 'steel, triple-butted',
          gears: '1 × 12',
          tyres: '45 mm',
          weight: '10.4 kg',
        },
        options: { colour: ['Moss', 'Rust'], frame: ['52 cm', '54 cm', '56 cm', '58 cm'] },
      },
      {
        code: 'CRT-AIR',
        name: 'Corrant Altiplano SL',
        brand: 'Corrant',
        price: 4290,
        stock: 'few',
        tags: ['bicycle', 'road', 'carbon'],
        description:
          'Seven kilos of ambition. The frame was drawn for long mountain days, which means stiff at the pedals, kind at the saddle and breathtaking on the way down.',
        specifications: {
          frame_material: 'carbon',
          gears: '2 × 12, electronic',
          tyres: '28 mm',
          weight: '7.1 kg',
        },
        options: { colour: ['White', 'Graphite'], frame: ['52 cm', '54 cm', '56 cm'] },
      },
      {
        code: 'CRT-CLUB',
        name: 'Clubman Road',
        brand: 'Corrant',
        price: 1190,
        stock: 'gone',
        tags: ['bicycle', 'road', 'entry'],
        description:
          'Everything a first road bike needs and nothing to apologise for later. Proper brakes, sensible gearing for real hills, and room for mudguards when winter miles begin.',
        specifications: { frame_material: 'aluminium', gears: '2 × 10', tyres: '30 mm', weight: '9.3 kg' },
        options: { colour: ['Sky'], frame: ['50 cm', '53 cm', '56 cm', '59 cm'] },
      },
    ],
  },
  {
    category: 'Cycling',
    subcategory: 'Helmets',
    shape: 'helmet',
    products: [
      {
        code: 'CPH-CITY',
        name: 'Parasol City Helmet',
        brand: 'Caphaven',
        price: 89,
        stock: 'plenty',
        tags: ['helmet', 'city', 'visor'],
        description:
          'Looks more riding school than race. A short peak keeps drizzle off your glasses, and the magnetic buckle closes with one gloved hand.',
        specifications: { weight: '340 g', vents: '8', light: 'rear, rechargeable', norm: 'EN 1078' },
        options: { colour: ['Navy', 'Cream', 'Sage'], size: ['52–56 cm', '56–60 cm'] },
      },
      {
        code: 'CPH-VENT',
        name: 'Mistral Road Helmet',
        brand: 'Caphaven',
        price: 149,
        stock: 'steady',
        tags: ['helmet', 'road', 'lightweight'],
        description:
          'Eighteen channels draw air across your head even at walking pace, which is the pace the last kilometre tends to have. One dial at the back tightens it evenly all round.',
        specifications: { weight: '228 g', vents: '18', protection: 'slip liner', norm: 'EN 1078' },
        options: { colour: ['Black', 'White', 'Orange'], size: ['51–55 cm', '55–59 cm', '59–63 cm'] },
      },
    ],
  },
  {
    category: 'Cycling',
    subcategory: 'Lights & Locks',
    shape: 'torch',
    products: [
      {
        code: 'GLM-BEAM',
        name: 'Glimt Front Light 70',
        brand: 'Glimt & Co',
        price: 64.9,
        stock: 'plenty',
        tags: ['light', 'safety', 'rechargeable'],
        description:
          'Paints a wide, even carpet on the road and stops below the eyes of whoever is coming. It dims by itself when the street lamps take over.',
        specifications: {
          light: '70 lux',
          battery_life: '5 to 18 hours',
          protection: 'IPX5',
          charging: 'USB-C',
        },
        options: { colour: ['Black', 'Silver'] },
      },
      {
        code: 'GLM-PAIR',
        name: 'Firefly Light Set',
        brand: 'Glimt & Co',
        price: 29.9,
        stock: 'steady',
        tags: ['light', 'set', 'small'],
        description:
          'Two lights, each the size of a walnut, that live on your key ring until the evening gets away from you. A silicone strap fits them to any bar.',
        specifications: {
          light: '15 lux front, visible for 400 m rear',
          battery_life: '12 hours',
          weight: '22 g each',
        },
        options: { colour: ['Red', 'Teal', 'Graphite'] },
      },
      {
        code: 'BOL-VAULT',
        name: 'Vault Shackle Lock',
        brand: 'Bolderick',
        price: 74,
        stock: 'steady',
        tags: ['lock', 'security'],
        description:
          'Fourteen millimetres of hardened steel between your bicycle and somebody’s bad idea. The keyway closes against winter grit; the coating does not scratch the frame.',
        specifications: {
          shackle: '14 mm hardened steel',
          weight: '1.35 kg',
          keys: '3, replaceable by number',
        },
        options: { colour: ['Graphite', 'Yellow'], size: ['Short', ['Long', 8]] },
        shape: 'lock',
      },
    ],
  },
];
