import type { Shelf } from './row.ts';

export const clothing: readonly Shelf[] = [
  {
    category: 'Clothing',
    subcategory: 'Shirts',
    shape: 'shirt',
    products: [
      {
        code: 'HLW-OXF',
        name: 'Harbour Oxford Shirt',
        brand: 'Hollin & Wray',
        price: 69,
        stock: 'plenty',
        tags: ['shirt', 'cotton', 'office'],
        description:
          'The shirt that gets better around the thirtieth wash. Heavy Oxford cotton, a collar that rolls rather than stands to attention, and a spare button where you can find it.',
        specifications: {
          material: '100 % organic cotton',
          fit: 'regular',
          collar: 'button-down',
          care: '40 °C',
        },
        options: { colour: ['White', 'Sky', 'Blush'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'HLW-LIN',
        name: 'Siesta Linen Shirt',
        brand: 'Hollin & Wray',
        price: 79,
        stock: 'steady',
        tags: ['shirt', 'linen', 'summer'],
        description:
          'Washed Flemish linen, cut loose, meant to be creased. Wear it open over a swimsuit or tucked in for dinner; it dries on a balcony rail before you have finished coffee.',
        specifications: {
          material: '100 % European linen',
          fit: 'relaxed',
          collar: 'band',
          care: '30 °C, no iron needed',
        },
        options: { colour: ['Sand', 'Sage'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'TDB-TEE',
        name: 'Everyday Heavy Tee',
        brand: 'Tidebarn',
        price: 32,
        stock: 'plenty',
        tags: ['t-shirt', 'cotton', 'basics'],
        description:
          'A T-shirt with some substance: 220-gram jersey, a neckline that keeps its shape and side seams that stay at the side. Buy three and stop thinking about it.',
        specifications: { material: '100 % cotton, 220 g/m²', fit: 'boxy', neck: 'crew', care: '40 °C' },
        options: { colour: ['Black', 'White', 'Moss'], size: ['S', 'M', 'L', 'XL'] },
        shape: 'tee',
      },
      {
        code: 'TDB-FLN',
        name: 'Lumber Flannel Shirt',
        brand: 'Tidebarn',
        price: 84.5,
        stock: 'steady',
        tags: ['shirt', 'flannel', 'winter'],
        description:
          'Brushed on both sides, so it feels like a shirt and behaves like a blanket. The elbows are doubled, because that is where flannel shirts go to die. Layer it over a tee until the frost is serious.',
        specifications: {
          material: '97 % cotton, 3 % wool',
          fit: 'relaxed',
          pockets: '2, buttoned',
          care: '30 °C',
        },
        options: { colour: ['Brick', 'Forest'], size: ['M', 'L', 'XL', 'XXL'] },
      },
    ],
  },
  {
    category: 'Clothing',
    subcategory: 'Knitwear',
    shape: 'sweater',
    products: [
      {
        code: 'FJM-SKER',
        name: 'Skerry Fisherman Sweater',
        brand: 'Fjelmark',
        price: 139,
        stock: 'steady',
        tags: ['sweater', 'wool', 'winter'],
        description:
          'Knitted the way island families did it, tight enough to turn a shower. It will be stiff for a week and then yours for twenty years. Smells faintly of sheep when wet, which we count as a feature.',
        specifications: {
          material: '100 % new wool',
          weight: '780 g',
          gauge: '5',
          care: 'hand wash, dry flat',
        },
        options: { colour: ['Navy', 'Cream'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'FJM-FINE',
        name: 'Featherweight Merino Crew',
        brand: 'Fjelmark',
        price: 99,
        stock: 'plenty',
        tags: ['sweater', 'merino', 'office'],
        description:
          'Slips under a jacket and often replaces it. Extra-fine merino does not itch, hardly smells, and travels rolled up in a shoe.',
        specifications: {
          material: '100 % extra-fine merino, 17.5 µm',
          weight: '240 g',
          fit: 'slim',
          care: 'wool cycle',
        },
        options: { colour: ['Charcoal', 'Burgundy', 'Petrol'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'HLW-CARD',
        name: 'Reading Room Cardigan',
        brand: 'Hollin & Wray',
        price: 119,
        stock: 'few',
        tags: ['cardigan', 'alpaca', 'cosy'],
        description:
          'For draughty libraries and Sunday mornings. A generous shawl collar, horn buttons, pockets deep enough for a paperback.',
        specifications: {
          material: '70 % alpaca, 30 % cotton',
          fit: 'oversized',
          buttons: 'natural horn',
          care: 'hand wash',
        },
        options: { colour: ['Oat', 'Plum'], size: ['S/M', 'L/XL'] },
      },
    ],
  },
  {
    category: 'Clothing',
    subcategory: 'Trousers',
    shape: 'trousers',
    products: [
      {
        code: 'TDB-SELV',
        name: 'Dockside Selvedge Jeans',
        brand: 'Tidebarn',
        price: 149,
        stock: 'steady',
        tags: ['jeans', 'denim', 'straight'],
        description:
          'Raw 14-ounce denim from a mill that still runs its shuttle looms at walking pace. Straight in the leg, honest at the waist, and after a year they will look like nobody else’s.',
        specifications: {
          material: '100 % cotton, 14 oz selvedge',
          fit: 'straight',
          fly: 'buttons',
          care: 'wash rarely, cold',
        },
        options: { colour: ['Indigo'], waist: ['W28', 'W30', 'W32', 'W34', 'W36'], length: ['L32', 'L34'] },
      },
      {
        code: 'HLW-CHI',
        name: 'Garden Party Chinos',
        brand: 'Hollin & Wray',
        price: 89,
        stock: 'plenty',
        tags: ['chinos', 'cotton', 'smart-casual'],
        description:
          'They will pass at a wedding and forgive the train home. A touch of stretch lets you sit on the grass without thinking about it.',
        specifications: { material: '98 % cotton, 2 % elastane', fit: 'tapered', care: '30 °C' },
        options: { colour: ['Sand', 'Navy', 'Olive'], waist: ['W30', 'W32', 'W34', 'W36'] },
      },
      {
        code: 'VND-TREK',
        name: 'Traverse Trekking Trousers',
        brand: 'Vindholm',
        price: 109.9,
        stock: 'steady',
        tags: ['trousers', 'hiking', 'quick-dry'],
        description:
          'Zip off the legs at the tree line, zip them back on at the hut. Articulated knees, a map pocket that takes a real map, and a fabric that dries while you eat lunch.',
        specifications: {
          material: 'recycled nylon, 4-way stretch',
          legs: 'zip-off',
          pockets: '5',
          weight: '380 g',
        },
        options: { colour: ['Graphite', 'Moss'], size: ['S', 'M', 'L', 'XL'] },
      },
    ],
  },
  {
    category: 'Clothing',
    subcategory: 'Jackets',
    shape: 'jacket',
    products: [
      {
        code: 'VND-SQUALL',
        name: 'Squall Rain Jacket',
        brand: 'Vindholm',
        price: 189,
        stock: 'steady',
        tags: ['jacket', 'waterproof', 'hiking'],
        description:
          'Three layers, taped seams and a hood that turns with your head. It keeps out sideways rain at 20,000 mm and still packs into its own chest pocket.',
        specifications: {
          material: 'recycled polyester, 3 layers',
          water_column: '20,000 mm',
          breathability: '15,000 g/m²/24 h',
          weight: '410 g',
        },
        options: { colour: ['Yellow', 'Petrol', 'Black'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'TDB-CHORE',
        name: 'Workshop Chore Coat',
        brand: 'Tidebarn',
        price: 129,
        stock: 'steady',
        tags: ['jacket', 'cotton', 'workwear'],
        description:
          'Four pockets, five buttons, no nonsense. Cut from dense cotton twill after a jacket our founder’s grandfather wore in his boatyard, paint stains not included.',
        specifications: {
          material: '100 % cotton twill, 340 g/m²',
          lining: 'none',
          pockets: '4',
          care: '40 °C',
        },
        options: { colour: ['Denim', 'Ochre'], size: ['S', 'M', 'L', 'XL'] },
      },
      {
        code: 'FJM-DOWN',
        name: 'Northlight Down Parka',
        brand: 'Fjelmark',
        price: 349,
        stock: 'gone',
        tags: ['jacket', 'down', 'winter'],
        description:
          'Made for places where eyelashes freeze. Certified goose down, a ruff-free storm hood and cuffs that seal over gloves keep the wearer comfortable at minus twenty-five. Sells out every October; the next batch is being sewn.',
        specifications: {
          filling: 'goose down, 800 fill power',
          comfort: 'down to −25 °C',
          material: 'recycled nylon',
          weight: '1.1 kg',
        },
        options: { colour: ['Navy', 'Rust'], size: ['S', 'M', 'L'] },
      },
    ],
  },
];
