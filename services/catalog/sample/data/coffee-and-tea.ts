import type { Shelf } from './row.ts';

const bags = [
  ['250 g', 0],
  ['500 g', 9],
  ['1 kg', 24],
] as const;
const grinds = ['Whole bean', 'Ground'] as const;

export const coffeeAndTea: readonly Shelf[] = [
  {
    category: 'Coffee & Tea',
    subcategory: 'Espresso',
    shape: 'coffee',
    products: [
      {
        code: 'KST-NIGHT',
        name: 'Night Porter Espresso',
        brand: 'Kettle Street Roasters',
        price: 9.9,
        stock: 'plenty',
        tags: ['espresso', 'dark-roast', 'blend'],
        description:
          'Named after the man who drank six of them a shift. Dark, thick and steady, with bitter chocolate up front and a trace of molasses when the cup is empty. Cuts cleanly through milk.',
        specifications: {
          origin: 'Brazil and India',
          roast: 'dark',
          notes: 'dark chocolate, molasses',
          variety: '80 % arabica',
        },
        options: { weight: bags, grind: grinds },
        colour: 'Espresso',
      },
      {
        code: 'KST-PIAZZA',
        name: 'Little Piazza',
        brand: 'Kettle Street Roasters',
        price: 10.5,
        stock: 'plenty',
        tags: ['espresso', 'medium-roast', 'blend'],
        description:
          'A forgiving espresso for machines that were a wedding present. Hazelnut, milk chocolate, hardly any acidity, and crema even on a Monday.',
        specifications: {
          origin: 'Brazil and Guatemala',
          roast: 'medium',
          notes: 'hazelnut, milk chocolate',
          variety: '100 % arabica',
        },
        options: { weight: bags, grind: grinds },
        colour: 'Rust',
      },
      {
        code: 'LMH-SOLAR',
        name: 'Solaris Single Estate',
        brand: 'Lighthouse & Mill',
        price: 13.9,
        stock: 'steady',
        tags: ['espresso', 'light-roast', 'single-origin'],
        description:
          'Espresso for people who thought they disliked espresso. Grown at 1,850 metres and roasted just long enough, it tastes of apricot jam on toasted brioche.',
        specifications: {
          origin: 'Huila, Colombia',
          altitude: '1,850 m',
          roast: 'light-medium',
          process: 'washed',
        },
        options: { weight: ['250 g', ['1 kg', 36]], grind: grinds },
        colour: 'Honey',
      },
      {
        code: 'LMH-MOON',
        name: 'Moonlit Decaf',
        brand: 'Lighthouse & Mill',
        price: 12.4,
        stock: 'steady',
        tags: ['espresso', 'decaf', 'water-process'],
        description:
          'All the ritual, none of the three a.m. ceiling. The caffeine leaves with spring water and nothing else; the caramel stays.',
        specifications: {
          origin: 'Chiapas, Mexico',
          roast: 'medium',
          process: 'water decaffeinated',
          notes: 'caramel, red apple',
        },
        options: { weight: ['250 g', ['500 g', 11]], grind: grinds },
        colour: 'Indigo',
      },
    ],
  },
  {
    category: 'Coffee & Tea',
    subcategory: 'Filter Coffee',
    shape: 'coffee',
    products: [
      {
        code: 'LMH-YIRGA',
        name: 'Yirga Blossom',
        brand: 'Lighthouse & Mill',
        price: 14.5,
        stock: 'steady',
        tags: ['filter', 'light-roast', 'single-origin'],
        description:
          'Put your nose in the bag before you put anything in the grinder: jasmine, bergamot, a little peach. Brewed gently it drinks almost like tea, and is lovely cold.',
        specifications: {
          origin: 'Yirgacheffe, Ethiopia',
          altitude: '2,000 m',
          roast: 'light',
          process: 'washed',
        },
        options: { weight: ['250 g', ['1 kg', 38]], grind: grinds },
        colour: 'Lavender',
      },
      {
        code: 'LMH-KENYA',
        name: 'Redcurrant Ridge',
        brand: 'Lighthouse & Mill',
        price: 15.9,
        stock: 'few',
        tags: ['filter', 'light-roast', 'limited'],
        description:
          'Forty sacks from one hillside, and that is it until next year. Bright as redcurrants, with a long brown-sugar finish.',
        specifications: {
          origin: 'Nyeri, Kenya',
          altitude: '1,790 m',
          roast: 'light',
          process: 'double washed',
        },
        options: { weight: ['250 g'], grind: grinds },
        colour: 'Red',
      },
      {
        code: 'KST-OFFICE',
        name: 'Corner Office Filter',
        brand: 'Kettle Street Roasters',
        price: 8.9,
        stock: 'plenty',
        tags: ['filter', 'medium-roast', 'everyday'],
        description:
          'Tolerates the hot plate, the distracted colleague and the second brew. A round, nutty cup that offends nobody and bores nobody either.',
        specifications: {
          origin: 'Honduras and Peru',
          roast: 'medium',
          notes: 'walnut, cocoa',
          certification: 'organic farming',
        },
        options: { weight: bags, grind: grinds },
        colour: 'Petrol',
      },
      {
        code: 'KST-SUMAT',
        name: 'Rainforest Kerinci',
        brand: 'Kettle Street Roasters',
        price: 13.2,
        stock: 'steady',
        tags: ['filter', 'dark-roast', 'single-origin'],
        description:
          'Wet-hulled on the slopes of a volcano, which gives it a smell of cedar and forest floor. Heavy, low and spicy; excellent with cheese, believe it or not.',
        specifications: {
          origin: 'Sumatra, Indonesia',
          roast: 'medium-dark',
          process: 'wet-hulled',
          notes: 'cedar, clove',
        },
        options: { weight: ['250 g', ['500 g', 11.5]], grind: grinds },
        colour: 'Forest',
      },
    ],
  },
  {
    category: 'Coffee & Tea',
    subcategory: 'Tea',
    shape: 'tea',
    products: [
      {
        code: 'TLF-BREAK',
        name: 'Ironmonger’s Breakfast',
        brand: 'Tansy Leaf',
        price: 8.5,
        stock: 'plenty',
        tags: ['tea', 'black', 'strong'],
        description:
          'A tea you could stand a spanner in. Malty leaf from two Assam gardens, blended to survive hard water and generous milk.',
        specifications: {
          type: 'black tea',
          origin: 'Assam, India',
          brewing: '4 minutes at 100 °C',
          caffeine: 'high',
        },
        options: { format: ['Loose, 100 g', ['Loose, 250 g', 9.5], 'Bags, 40 pieces'] },
        colour: 'Brick',
      },
      {
        code: 'TLF-SENCHA',
        name: 'First Picking Sencha',
        brand: 'Tansy Leaf',
        price: 16.8,
        stock: 'steady',
        tags: ['tea', 'green', 'single-garden'],
        description:
          'Picked in the last week of April, on our shelf by June. Sweet, grassy, a little like sea air. The leaves are good for three infusions if you keep the water under eighty.',
        specifications: {
          type: 'green tea',
          origin: 'Kagoshima, Japan',
          brewing: '1 minute at 75 °C',
          caffeine: 'medium',
        },
        options: { format: ['Loose, 80 g', ['Loose, 160 g', 14]] },
        colour: 'Sage',
      },
      {
        code: 'TLF-GARDEN',
        name: 'Back Garden Infusion',
        brand: 'Tansy Leaf',
        price: 7.4,
        stock: 'plenty',
        tags: ['tea', 'herbal', 'caffeine-free'],
        description:
          'Lemon balm, apple mint, marigold petals and whatever else our grower had too much of. Tastes like an evening outdoors.',
        specifications: {
          type: 'herbal infusion',
          origin: 'Thuringia, Germany',
          brewing: '7 minutes at 100 °C',
          caffeine: 'none',
        },
        options: { format: ['Loose, 60 g', 'Bags, 20 pieces'] },
        colour: 'Mint',
      },
      {
        code: 'TLF-SMOKE',
        name: 'Smokehouse Souchong',
        brand: 'Tansy Leaf',
        price: 12.9,
        stock: 'gone',
        tags: ['tea', 'black', 'smoked'],
        description:
          'Dried over pinewood until it smells of campfire and leather armchairs. One pot divides a household neatly in two. Back when the mountain road reopens.',
        specifications: {
          type: 'smoked black tea',
          origin: 'Fujian, China',
          brewing: '3 minutes at 95 °C',
          caffeine: 'medium',
        },
        options: { format: ['Loose, 100 g', ['Loose, 250 g', 15]] },
        colour: 'Charcoal',
      },
    ],
  },
];
