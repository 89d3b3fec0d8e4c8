import type { Shelf } from './row.ts';

export const kitchen: readonly Shelf[] = [
  {
    category: 'Kitchen',
    subcategory: 'Cookware',
    shape: 'casserole',
    products: [
      {
        code: 'FRG-OVEN',
        name: 'Hearthstone Dutch Oven',
        brand: 'Fargrove',
        price: 189,
        stock: 'steady',
        tags: ['casserole', 'cast-iron', 'enamel'],
        description:
          'Four kilos of cast iron that turn cheap cuts into Sunday. Little bumps under the lid rain the juices back on to the roast, and the enamel does not mind tomatoes, wine or your daughter’s first bread.',
        specifications: {
          material: 'enamelled cast iron',
          hobs: 'all, including induction',
          oven: 'up to 250 °C',
        },
        options: { colour: ['Petrol', 'Brick', 'Cream'], volume: ['4 l', ['5.5 l', 50], ['7 l', 95]] },
      },
      {
        code: 'FRG-SKIL',
        name: 'Farrier Carbon Steel Pan',
        brand: 'Fargrove',
        price: 64.9,
        stock: 'plenty',
        tags: ['pan', 'carbon-steel', 'induction'],
        description:
          'Half the weight of cast iron, all of the crust. Season it once, use it for everything, and bequeath it. Arrives pre-waxed against rust and with instructions short enough to read.',
        specifications: {
          material: 'carbon steel, 2.5 mm',
          handle: 'riveted iron',
          hobs: 'all',
          oven: 'yes',
        },
        options: { diameter: ['20 cm', ['24 cm', 10], ['28 cm', 22], ['32 cm', 39]] },
        colour: 'Graphite',
        shape: 'pan',
      },
      {
        code: 'FRG-SAUCE',
        name: 'Copperline Saucepan',
        brand: 'Fargrove',
        price: 145,
        stock: 'few',
        tags: ['saucepan', 'copper', 'professional'],
        description:
          'Copper outside for obedience, steel inside for easy washing. Turn the flame down and the caramel actually listens.',
        specifications: { material: 'copper and steel, 2.3 mm', handle: 'cast brass', hobs: 'gas, electric' },
        options: { volume: ['1.2 l', ['1.8 l', 30], ['2.7 l', 65]] },
        colour: 'Copper',
        shape: 'saucepan',
      },
    ],
  },
  {
    category: 'Kitchen',
    subcategory: 'Knives & Boards',
    shape: 'knife',
    products: [
      {
        code: 'SKR-CHEF',
        name: 'Skarn Chef’s Knife',
        brand: 'Skarnblade',
        price: 119,
        stock: 'steady',
        tags: ['knife', 'steel', 'professional'],
        description:
          'Balanced on the finger where blade meets handle, ground thin enough to fall through an onion. The steel takes an edge from any whetstone and keeps it through a service.',
        specifications: {
          steel: '14C stainless, 60 HRC',
          grind: 'convex',
          weight: '186 g',
          care: 'wash by hand',
        },
        options: { handle: ['Walnut', 'Black'], blade: ['16 cm', ['20 cm', 15]] },
      },
      {
        code: 'SKR-PAR',
        name: 'Little Parer Set of Three',
        brand: 'Skarnblade',
        price: 36.5,
        stock: 'plenty',
        tags: ['knife', 'set', 'paring'],
        description:
          'One straight, one curved, one serrated: the three knives you will actually use every day. Bright handles make them hard to lose in the compost.',
        specifications: { steel: 'stainless', blades: '8, 7 and 11 cm', dishwasher: 'yes' },
        options: { handle: ['Red', 'Yellow', 'Teal'] },
      },
      {
        code: 'SKR-BOARD',
        name: 'End-Grain Chopping Board',
        brand: 'Skarnblade',
        price: 89,
        stock: 'steady',
        tags: ['board', 'wood', 'handmade'],
        description:
          'Blade marks close by themselves on end grain, and edges stay sharp longer. A juice groove on one side, flat for pastry on the other.',
        specifications: { thickness: '4 cm', finish: 'food-safe oil', feet: 'none, reversible' },
        options: { wood: ['Oak', 'Walnut', 'Cherry'], size: ['36 × 25 cm', ['48 × 34 cm', 45]] },
        shape: 'board',
      },
    ],
  },
  {
    category: 'Kitchen',
    subcategory: 'Tableware',
    shape: 'mug',
    products: [
      {
        code: 'HLD-MUG',
        name: 'Morning Mug',
        brand: 'Haldis Clay',
        price: 18,
        stock: 'plenty',
        tags: ['mug', 'ceramic', 'handmade'],
        description:
          'Three and a half decilitres, a handle for four fingers, and a raw foot that feels like a pebble. Each glaze breaks over the rim in its own way.',
        specifications: { volume: '350 ml', material: 'stoneware', dishwasher: 'yes', microwave: 'yes' },
        options: { glaze: ['Petrol', 'Cream', 'Rust', 'Sage', 'Charcoal', 'Blush'] },
      },
      {
        code: 'HLD-BOWL',
        name: 'Noodle Bowl',
        brand: 'Haldis Clay',
        price: 26,
        stock: 'plenty',
        tags: ['bowl', 'ceramic', 'dishwasher-safe'],
        description:
          'Deep enough for broth, wide enough for everything on top. The foot stays cool, so you can lift it and drink the rest as intended.',
        specifications: { volume: '1.1 l', diameter: '19 cm', material: 'stoneware', dishwasher: 'yes' },
        options: { glaze: ['Brick', 'Navy', 'White'] },
        shape: 'bowl',
      },
      {
        code: 'HLD-PLATE',
        name: 'Pebble Dinner Plates, Set of Four',
        brand: 'Haldis Clay',
        price: 72,
        stock: 'steady',
        tags: ['plates', 'ceramic', 'set'],
        description:
          'Not quite round, entirely on purpose. Four plates whose soft rims keep peas where they belong and stack in half the height of your old ones.',
        specifications: { diameter: '27 cm', set: '4 pieces', material: 'stoneware', oven: 'up to 220 °C' },
        options: { glaze: ['Cream', 'Slate', 'Sage'] },
        shape: 'plate',
      },
    ],
  },
  {
    category: 'Kitchen',
    subcategory: 'Coffee Gear',
    shape: 'kettle',
    products: [
      {
        code: 'PUR-HERON',
        name: 'Heron Pour-Over Kettle',
        brand: 'Purlane',
        price: 99,
        stock: 'steady',
        tags: ['kettle', 'pour-over', 'electric'],
        description:
          'The spout pours a thread, not a splash. Set the degree you want, walk away, and it holds that degree for an hour without boiling the kitchen dry.',
        specifications: { volume: '0.9 l', temperature: '40 to 100 °C, in single degrees', power: '1200 W' },
        options: { colour: ['Black', 'White', 'Forest'] },
      },
      {
        code: 'PUR-MILL',
        name: 'Pocket Mill Hand Grinder',
        brand: 'Purlane',
        price: 79,
        stock: 'plenty',
        tags: ['grinder', 'coffee', 'travel'],
        description:
          'Forty turns to a cup, ninety to wake a campsite. Steel burrs on two bearings give an even grind from espresso to French press, with clicks you can count in the dark.',
        specifications: {
          capacity: '22 g',
          burrs: 'conical steel, 38 mm',
          settings: '36 clicks',
          weight: '430 g',
        },
        options: { colour: ['Silver', 'Copper', 'Olive'] },
        shape: 'grinder',
      },
      {
        code: 'PUR-VULC',
        name: 'Vulcano Stovetop Pot',
        brand: 'Purlane',
        price: 42,
        stock: 'steady',
        tags: ['moka', 'espresso', 'stovetop'],
        description:
          'Eight sides, one gasket, and that sound. Makes the thick, dark coffee of small kitchens with open windows.',
        specifications: {
          material: 'stainless steel',
          hobs: 'all, including induction',
          handle: 'stays cool',
        },
        options: { colour: ['Silver', 'Red'], cups: ['3 cups', ['6 cups', 12], ['9 cups', 24]] },
        shape: 'moka',
      },
    ],
  },
];
