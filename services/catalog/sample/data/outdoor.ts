import type { Shelf } from './row.ts';

export const outdoor: readonly Shelf[] = [
  {
    category: 'Outdoor',
    subcategory: 'Tents',
    shape: 'tent',
    products: [
      {
        code: 'VND-HARE',
        name: 'Hare 2 Trekking Tent',
        brand: 'Vindholm',
        price: 379,
        stock: 'steady',
        tags: ['tent', 'ultralight', 'trekking'],
        description:
          'Two people, two doors, no climbing over anyone at three in the morning. Inner and fly go up together, so the inside stays dry when the weather does not wait.',
        specifications: { sleeps: '2', weight: '1.58 kg', packed: '42 × 13 cm', water_column: '3,000 mm' },
        options: { colour: ['Moss', 'Orange'] },
      },
      {
        code: 'VND-LODGE',
        name: 'Lodge Family Tent',
        brand: 'Vindholm',
        price: 749,
        stock: 'steady',
        tags: ['tent', 'family', 'camping'],
        description:
          'Tall enough to pull on trousers like a civilised person. The bedrooms are dark, so children sleep past dawn, and the porch has room for four chairs and a long card game.',
        specifications: {
          weight: '17.4 kg',
          height: '2.1 m',
          water_column: '5,000 mm',
          fabric: 'polycotton',
        },
        options: { sleeps: ['4 people', ['6 people', 180]] },
        colour: 'Sand',
      },
      {
        code: 'CMP-FOLLY',
        name: 'Garden Folly Tipi',
        brand: 'Campernook',
        price: 119,
        stock: 'few',
        tags: ['tent', 'kids', 'play'],
        description:
          'Pirate ship on Monday, post office on Tuesday. Heavy cotton on ash poles, with a window for passing biscuits through.',
        specifications: { height: '155 cm', fabric: 'cotton canvas', poles: 'ash', age: 'from 3 years' },
        options: { colour: ['Cream', 'Rose', 'Sky'] },
      },
    ],
  },
  {
    category: 'Outdoor',
    subcategory: 'Sleeping Bags',
    shape: 'sleeping-bag',
    products: [
      {
        code: 'FJM-LARCH',
        name: 'Larch 0° Sleeping Bag',
        brand: 'Fjelmark',
        price: 249,
        stock: 'steady',
        tags: ['sleeping-bag', 'down', 'trekking'],
        description:
          'A mummy bag cut for people who turn over. The zip runs on a stiff tape that refuses to eat the fabric, and the hood closes to a hole just big enough for complaints.',
        specifications: { comfort: '0 °C', filling: 'duck down, 700 fill power', weight: '860 g' },
        options: {
          colour: ['Petrol', 'Rust'],
          length: ['185 cm', ['200 cm', 20]],
          zip: ['Left zip', 'Right zip'],
        },
      },
      {
        code: 'CMP-QUILT',
        name: 'Two-Person Summer Quilt',
        brand: 'Campernook',
        price: 159,
        stock: 'steady',
        tags: ['sleeping-bag', 'summer', 'recycled'],
        description:
          'For camping as a couple without arguing about zips. Soft as a duvet, with loops that hold it to the mat, and it goes in the machine when the holiday is over.',
        specifications: {
          comfort: '12 °C',
          filling: 'recycled polyester',
          weight: '1.4 kg',
          size: '200 × 150 cm',
        },
        options: { colour: ['Ochre', 'Forest'] },
      },
    ],
  },
  {
    category: 'Outdoor',
    subcategory: 'Bottles',
    shape: 'flask',
    products: [
      {
        code: 'SPR-SUMMIT',
        name: 'Summit Insulated Bottle',
        brand: 'Springlow',
        price: 34.9,
        stock: 'plenty',
        tags: ['bottle', 'insulated', 'steel'],
        description:
          'Tea at the top, still hot; water at the beach, still cold. The powder coat survives rocks, and the lid comes apart completely for cleaning.',
        specifications: {
          material: 'stainless steel, double wall',
          hot: '12 hours',
          cold: '24 hours',
          dishwasher: 'lid only',
        },
        options: {
          colour: ['Teal', 'Rust', 'Black', 'Lavender'],
          volume: ['500 ml', ['750 ml', 6], ['1 l', 11]],
        },
      },
      {
        code: 'SPR-FEATHER',
        name: 'Featherflask',
        brand: 'Springlow',
        price: 19.5,
        stock: 'plenty',
        tags: ['bottle', 'lightweight', 'kids'],
        description:
          'Light enough for a school bag that already weighs too much. There is a straw that does not leak on homework, and a name field that is hard to argue with.',
        specifications: { material: 'stainless steel', weight: '128 g', volume: '400 ml', dishwasher: 'yes' },
        options: { colour: ['Yellow', 'Mint', 'Coral', 'Sky'] },
      },
      {
        code: 'SPR-CAMPMUG',
        name: 'Enamel Camp Mug',
        brand: 'Springlow',
        price: 12,
        stock: 'steady',
        tags: ['mug', 'enamel', 'camping'],
        description:
          'Chips are part of the warranty. Sits straight on the gas burner, clips to a belt loop, and makes instant coffee taste like a view.',
        specifications: { material: 'enamelled steel', volume: '360 ml', weight: '135 g' },
        options: { colour: ['White', 'Forest', 'Navy'] },
        shape: 'mug',
      },
    ],
  },
  {
    category: 'Outdoor',
    subcategory: 'Headlamps',
    shape: 'headlamp',
    products: [
      {
        code: 'GLM-OWL',
        name: 'Owl 400 Headlamp',
        brand: 'Glimt & Co',
        price: 54.9,
        stock: 'steady',
        tags: ['headlamp', 'rechargeable', 'running'],
        description:
          'Press and hold for red light, so the rest of the hut goes on sleeping. On full power it finds the next trail marker from 110 metres.',
        specifications: {
          light: '400 lm',
          battery_life: '4 to 90 hours',
          weight: '78 g',
          protection: 'IPX6',
        },
        options: { colour: ['Black', 'Orange', 'Teal'] },
      },
      {
        code: 'GLM-MOTH',
        name: 'Moth Kids’ Headlamp',
        brand: 'Glimt & Co',
        price: 22,
        stock: 'plenty',
        tags: ['headlamp', 'kids', 'camping'],
        description:
          'Finds treasure without dazzling the pirates. The band opens under load, and the light goes out after twenty minutes because somebody always falls asleep under it.',
        specifications: { light: '60 lm', batteries: '2 × AAA, included', age: 'from 4 years' },
        options: { colour: ['Yellow', 'Lavender', 'Green'] },
      },
    ],
  },
];
