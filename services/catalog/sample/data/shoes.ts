import type { Shelf } from './row.ts';

export const shoes: readonly Shelf[] = [
  {
    category: 'Shoes',
    subcategory: 'Sneakers',
    shape: 'sneaker',
    products: [
      {
        code: 'STR-BASE',
        name: 'Baseline Court Shoe',
        brand: 'Strandel',
        price: 99,
        stock: 'plenty',
        tags: ['sneakers', 'leather', 'everyday'],
        description:
          'A plain white-soled court shoe with nothing to explain. Full-grain leather outside, terry lining inside, stitched rather than glued so a cobbler can save it.',
        specifications: {
          upper: 'full-grain leather',
          sole: 'natural rubber, stitched',
          lining: 'cotton terry',
        },
        options: {
          colour: ['White', 'Navy'],
          size: ['EU 38', 'EU 39', 'EU 40', 'EU 41', 'EU 42', 'EU 43'],
        },
      },
      {
        code: 'STR-LOOP',
        name: 'Loop Knit Runner',
        brand: 'Strandel',
        price: 119.95,
        stock: 'steady',
        tags: ['running', 'recycled', 'lightweight'],
        description:
          'Knitted in one piece from thread that used to be bottles. The foam underfoot is lively without being bossy, and at 218 grams you notice mostly the road.',
        specifications: { upper: 'recycled knit', drop: '8 mm', weight: '218 g (EU 42)', surface: 'road' },
        options: {
          colour: ['Coral', 'Graphite'],
          size: ['EU 37', 'EU 39', 'EU 41', 'EU 42', 'EU 43', 'EU 45'],
        },
      },
      {
        code: 'KLV-RIDGE',
        name: 'Ridge Trail Runner',
        brand: 'Kelvane',
        price: 139,
        stock: 'steady',
        tags: ['running', 'trail', 'grip'],
        description:
          'Five-millimetre lugs bite into wet clay; a rock plate takes the sting out of the descent. The laces disappear into a pocket, so no bramble ever unties you again.',
        specifications: { upper: 'ripstop mesh', lugs: '5 mm', drop: '6 mm', weight: '285 g (EU 42)' },
        options: { colour: ['Teal', 'Orange'], size: ['EU 40', 'EU 41', 'EU 42', 'EU 43', 'EU 44'] },
      },
      {
        code: 'PLW-KID',
        name: 'Hopscotch Kids’ Sneaker',
        brand: 'Pellworth',
        price: 54,
        stock: 'plenty',
        tags: ['kids', 'sneakers', 'easy-on'],
        description:
          'One strap, no laces, no lateness. The toe cap is made for scooter braking and the insole shows how much room there is left to grow.',
        specifications: { upper: 'cotton canvas', closure: 'hook and loop', washable: '30 °C' },
        options: { colour: ['Red', 'Blue'], size: ['EU 26', 'EU 28', 'EU 30', 'EU 32', 'EU 34'] },
      },
    ],
  },
  {
    category: 'Shoes',
    subcategory: 'Boots',
    shape: 'boot',
    products: [
      {
        code: 'KLV-TORR',
        name: 'Torridge Hiking Boot',
        brand: 'Kelvane',
        price: 229,
        stock: 'steady',
        tags: ['boots', 'hiking', 'waterproof'],
        description:
          'A proper mountain boot for people who carry the tent. One piece of nubuck, a waterproof bootie and a stiff midsole that forgives heavy packs. Resoleable, twice at least.',
        specifications: {
          upper: 'nubuck, 2.6 mm',
          membrane: 'waterproof',
          weight: '690 g (EU 42)',
          crampons: 'strap-on',
        },
        options: { colour: ['Tan', 'Slate'], size: ['EU 39', 'EU 41', 'EU 42', 'EU 43', 'EU 45'] },
      },
      {
        code: 'PLW-CHEL',
        name: 'Marshfield Chelsea Boot',
        brand: 'Pellworth',
        price: 179,
        stock: 'steady',
        tags: ['boots', 'leather', 'smart'],
        description:
          'On in two seconds, off by the fire in one. Waxed leather darkens where life happens, and the welted sole means the second decade costs about forty euros.',
        specifications: { upper: 'waxed calf leather', construction: 'welted', sole: 'studded rubber' },
        options: { colour: ['Cognac', 'Black'], size: ['EU 40', 'EU 41', 'EU 42', 'EU 43', 'EU 44'] },
      },
      {
        code: 'PLW-PUDDLE',
        name: 'Puddle Rubber Boot',
        brand: 'Pellworth',
        price: 39.5,
        stock: 'plenty',
        tags: ['kids', 'rain', 'boots'],
        description:
          'There is no bad weather, only dry socks. Natural rubber with handles for small fists and a reflective band for dark November afternoons.',
        specifications: { material: 'natural rubber', lining: 'cotton', handles: 'yes', reflective: 'yes' },
        options: { colour: ['Yellow', 'Green', 'Rose'], size: ['EU 24', 'EU 26', 'EU 28', 'EU 30'] },
      },
    ],
  },
  {
    category: 'Shoes',
    subcategory: 'Sandals',
    shape: 'sandal',
    products: [
      {
        code: 'STR-ISLA',
        name: 'Isla Cork Sandal',
        brand: 'Strandel',
        price: 85,
        stock: 'steady',
        tags: ['sandals', 'cork', 'summer'],
        description:
          'The cork bed learns the shape of your foot within a fortnight and never forgets it. Two buckles, one sole, a whole summer.',
        specifications: { footbed: 'cork and latex', straps: 'oiled leather', sole: 'EVA' },
        options: { colour: ['Tan', 'Black', 'Sage'], size: ['EU 37', 'EU 39', 'EU 41', 'EU 43'] },
      },
      {
        code: 'KLV-MILL',
        name: 'Millstream River Sandal',
        brand: 'Kelvane',
        price: 94.9,
        stock: 'steady',
        tags: ['sandals', 'outdoor', 'water'],
        description:
          'Wade in without taking them off. The webbing drains and dries in minutes, and the sole holds on to mossy stones like a gecko with a mortgage.',
        specifications: {
          straps: 'recycled webbing',
          sole: 'sticky rubber, 3.5 mm lugs',
          weight: '265 g (EU 42)',
        },
        options: { colour: ['Petrol', 'Rust'], size: ['EU 38', 'EU 40', 'EU 42', 'EU 44'] },
      },
      {
        code: 'PLW-SIENNA',
        name: 'Sienna Leather Slide',
        brand: 'Pellworth',
        price: 64,
        stock: 'gone',
        tags: ['sandals', 'leather', 'slip-on'],
        description:
          'Two wide bands of vegetable-tanned leather on a sole with just enough lift. They start pale and pick up the colour of the holiday.',
        specifications: {
          upper: 'vegetable-tanned leather',
          sole: 'leather with rubber heel',
          made_in: 'a workshop of nine',
        },
        options: { colour: ['Natural', 'Cognac'], size: ['EU 37', 'EU 38', 'EU 39', 'EU 40'] },
      },
    ],
  },
];
