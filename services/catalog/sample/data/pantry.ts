import type { Shelf } from './row.ts';

export const pantry: readonly Shelf[] = [
  {
    category: 'Pantry',
    subcategory: 'Chocolate',
    shape: 'chocolate',
    products: [
      {
        code: 'MRV-DARK72',
        name: 'Dark 72 from Tumaco',
        brand: 'Maison Orvelle',
        price: 6.9,
        stock: 'plenty',
        tags: ['chocolate', 'dark', 'vegan'],
        description:
          'Two ingredients and a lot of patience. The beans ferment for six days in cedar boxes and come out tasting of raspberry and rye bread.',
        specifications: {
          cocoa: '72 %',
          origin: 'Tumaco, Colombia',
          ingredients: 'cocoa beans, cane sugar',
          allergens: 'may contain nuts',
        },
        options: { size: ['70 g', ['3 × 70 g', 12.5]] },
        colour: 'Burgundy',
      },
      {
        code: 'MRV-SALT',
        name: 'Brown Butter & Sea Salt',
        brand: 'Maison Orvelle',
        price: 6.5,
        stock: 'plenty',
        tags: ['chocolate', 'milk', 'caramel'],
        description:
          'Milk chocolate stirred with browned butter until it smells like a Saturday, then finished with flakes of salt you can hear. Hide it well.',
        specifications: { cocoa: '45 %', origin: 'Dominican Republic', allergens: 'milk; may contain nuts' },
        options: { size: ['70 g', ['3 × 70 g', 11.9]] },
        colour: 'Honey',
      },
      {
        code: 'MRV-PRAL',
        name: 'Advent Praline Box',
        brand: 'Maison Orvelle',
        price: 34,
        stock: 'few',
        tags: ['chocolate', 'pralines', 'gift'],
        description:
          'Twenty-four pralines, twenty-four drawers, and no map: you find out which is the marzipan when you find out. Made in November, gone by the first snow.',
        specifications: {
          pieces: '24',
          weight: '290 g',
          allergens: 'milk, nuts, soya',
          shelf_life: '3 months',
        },
        options: { selection: ['Classic', 'Without alcohol', ['Vegan', 4]] },
        colour: 'Forest',
      },
    ],
  },
  {
    category: 'Pantry',
    subcategory: 'Oils & Vinegars',
    shape: 'bottle',
    products: [
      {
        code: 'CVR-EARLY',
        name: 'Early Harvest Olive Oil',
        brand: 'Corvella',
        price: 17.5,
        stock: 'steady',
        tags: ['olive-oil', 'extra-virgin', 'organic'],
        description:
          'Pressed in October, while the olives are still green and everybody else is waiting. It is peppery enough to make you cough, which growers take as applause. Pour it over things at the very end.',
        specifications: {
          olives: 'Coratina',
          acidity: '0.2 %',
          harvest: 'by hand, October',
          pressing: 'within 6 hours',
        },
        options: { size: ['250 ml', ['500 ml', 11], ['3 l', 62]] },
        colour: 'Olive',
      },
      {
        code: 'CVR-PUMP',
        name: 'Roasted Pumpkin Seed Oil',
        brand: 'Corvella',
        price: 14.9,
        stock: 'steady',
        tags: ['oil', 'seeds', 'salad'],
        description:
          'So dark it looks black in the bottle and emerald on the plate. Nutty, toasty, wonderful on potato salad and, yes, on vanilla ice cream.',
        specifications: { seeds: '2.8 kg per litre', origin: 'Styria, Austria', use: 'cold' },
        options: { size: ['250 ml', ['500 ml', 10]] },
        colour: 'Forest',
      },
      {
        code: 'CVR-PEAR',
        name: 'Oak-Aged Pear Vinegar',
        brand: 'Corvella',
        price: 11.9,
        stock: 'steady',
        tags: ['vinegar', 'fruit', 'barrel-aged'],
        description:
          'Two winters in oak have rounded off every corner. A spoonful wakes up a soup; a splash in sparkling water replaces an aperitif.',
        specifications: { fruit: 'perry pears', acidity: '5 %', ageing: '24 months in oak' },
        options: { size: ['100 ml', ['250 ml', 9]] },
        colour: 'Amber',
      },
    ],
  },
  {
    category: 'Pantry',
    subcategory: 'Honey & Preserves',
    shape: 'jar',
    products: [
      {
        code: 'BMD-LIME',
        name: 'City Linden Honey',
        brand: 'Beemeadow',
        price: 9.8,
        stock: 'plenty',
        tags: ['honey', 'raw', 'local'],
        description:
          'Made by bees that commute along the avenues in June. Cool and minty at first, then surprisingly like fresh bread. Never heated, so it sets; stir it or wait.',
        specifications: { blossom: 'linden', processing: 'raw, unfiltered', texture: 'creamy' },
        options: { size: ['250 g', ['500 g', 7]] },
        colour: 'Honey',
      },
      {
        code: 'BMD-MARM',
        name: 'Three-Day Marmalade',
        brand: 'Beemeadow',
        price: 6.4,
        stock: 'plenty',
        tags: ['marmalade', 'orange', 'breakfast'],
        description:
          'Soak, simmer, sleep on it, repeat. Bitter oranges cut thick by hand, cooked with nothing but sugar and time.',
        specifications: { fruit: '45 g per 100 g', oranges: 'Seville', cut: 'coarse' },
        options: { size: ['220 g', ['400 g', 4.2]] },
        colour: 'Orange',
      },
      {
        code: 'BMD-CHUT',
        name: 'Allotment Chutney',
        brand: 'Beemeadow',
        price: 5.9,
        stock: 'steady',
        tags: ['chutney', 'savoury', 'vegan'],
        description:
          'What to do with eleven kilos of green tomatoes: ginger, mustard seed, raisins, and an afternoon with the windows open. It wants a strong cheddar.',
        specifications: { vegetables: '62 %', allergens: 'mustard' },
        options: { heat: ['Mild', 'Fiery'], size: ['200 g', ['380 g', 3.8]] },
        colour: 'Moss',
      },
    ],
  },
];
