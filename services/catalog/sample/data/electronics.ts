import type { Shelf } from './row.ts';

export const electronics: readonly Shelf[] = [
  {
    category: 'Electronics',
    subcategory: 'Laptops',
    shape: 'laptop',
    products: [
      {
        code: 'NVR-AER14',
        name: 'Aerion 14',
        brand: 'Novarel',
        price: 899.99,
        stock: 'plenty',
        tags: ['laptop', 'ultralight', 'travel'],
        description:
          'At 1.19 kg the Aerion 14 is the laptop you forget you packed. The matt 14-inch panel stays readable by a train window, and the battery outlasts the longest day of meetings. Two USB-C ports and a full-size HDMI socket mean the adapter can stay at home.',
        specifications: {
          processor: '8-core, up to 4.6 GHz',
          ram: '16 GB',
          screen: '14-inch IPS, 1920 × 1200',
          battery_life: 'up to 15 hours',
          weight: '1.19 kg',
        },
        options: { colour: ['Silver', 'Graphite'], storage: ['512 GB', ['1 TB', 120]] },
      },
      {
        code: 'NVR-MER16',
        name: 'Meridian 16 Studio',
        brand: 'Novarel',
        price: 2149,
        stock: 'steady',
        tags: ['laptop', 'creator', 'oled'],
        description:
          'Built for people who leave forty browser tabs open while a film renders. The factory-calibrated OLED screen covers the whole P3 colour space, and a vapour chamber keeps the keyboard cool when the processor is anything but.',
        specifications: {
          processor: '14-core, up to 5.2 GHz',
          graphics: 'dedicated, 8 GB',
          screen: '16-inch OLED, 3200 × 2000, 120 Hz',
          ports: '3 × USB-C, HDMI, SD card reader',
          weight: '1.94 kg',
        },
        options: { ram: ['32 GB', ['64 GB', 280]], storage: ['1 TB', ['2 TB', 190]] },
        colour: 'Graphite',
      },
      {
        code: 'HBX-SCH11',
        name: 'Scholar 11',
        brand: 'Habrix',
        price: 349,
        stock: 'plenty',
        tags: ['laptop', 'student', 'budget'],
        description:
          'A small, tough machine for lecture halls and kitchen tables. The rubber edges shrug off a fall from desk height, the keyboard survives a spilled cup of tea, and there is no fan to disturb the library.',
        specifications: {
          processor: '4-core, up to 3.4 GHz',
          ram: '8 GB',
          screen: '11.6-inch, 1366 × 768',
          battery_life: 'up to 12 hours',
        },
        options: { colour: ['Blue', 'Mint', 'Coral'], storage: ['128 GB', ['256 GB', 50]] },
      },
      {
        code: 'HBX-FLX13',
        name: 'Folio 13 Flip',
        brand: 'Habrix',
        price: 1079,
        stock: 'steady',
        tags: ['laptop', 'convertible', 'touchscreen'],
        description:
          'Laptop on the way in, sketchbook by lunchtime. The screen folds flat against the lid and the pen lives in a slot in the hinge, charged and ready. Handwriting feels surprisingly like paper thanks to the etched glass.',
        specifications: {
          processor: '10-core, up to 4.7 GHz',
          ram: '16 GB',
          screen: '13.4-inch touch, 2560 × 1600',
          pen: 'included, 4096 pressure levels',
          weight: '1.28 kg',
        },
        options: { colour: ['Navy', 'Sand'], storage: ['512 GB', ['1 TB', 130]] },
      },
    ],
  },
  {
    category: 'Electronics',
    subcategory: 'Phones',
    shape: 'phone',
    products: [
      {
        code: 'TSN-VELA5',
        name: 'Vela 5',
        brand: 'Tessuno',
        price: 649,
        stock: 'plenty',
        tags: ['phone', 'camera', 'dual-sim'],
        description:
          'The Vela 5 does the everyday things beautifully: a bright screen you can read at noon, two days between charges, and a camera that gets the dog in focus. Software updates are promised for seven years.',
        specifications: {
          display: '6.3-inch OLED, 120 Hz',
          camera: '50 MP main, 12 MP ultra-wide',
          battery: '5000 mAh',
          protection: 'IP68',
        },
        options: { colour: ['Black', 'Sage', 'Blush'], storage: ['128 GB', ['256 GB', 80]] },
      },
      {
        code: 'TSN-VELA5M',
        name: 'Vela 5 Mini',
        brand: 'Tessuno',
        price: 579,
        stock: 'steady',
        tags: ['phone', 'compact'],
        description:
          'Small hands and small pockets, rejoice. Everything that makes its bigger sibling good, in a body you can cross with one thumb.',
        specifications: {
          display: '5.4-inch OLED, 90 Hz',
          camera: '50 MP main',
          battery: '3900 mAh',
          weight: '142 g',
        },
        options: { colour: ['Black', 'Lavender'], storage: ['128 GB', ['256 GB', 80]] },
      },
      {
        code: 'OKV-FAIR2',
        name: 'Ronda Repairable 2',
        brand: 'Oskvik',
        price: 529,
        stock: 'steady',
        tags: ['phone', 'repairable', 'recycled'],
        description:
          'One screwdriver, included in the box, opens every part of this phone. Battery, screen, camera and charging port can each be replaced in under five minutes, and spares stay available until 2036. The back is pressed from recycled fishing nets.',
        specifications: {
          display: '6.1-inch LCD',
          camera: '48 MP main',
          battery: '4200 mAh, replaceable',
          recycled_content: '68 %',
        },
        options: { colour: ['Petrol', 'Stone', 'Rust'] },
      },
    ],
  },
  {
    category: 'Electronics',
    subcategory: 'Tablets',
    shape: 'tablet',
    products: [
      {
        code: 'TSN-LUM11',
        name: 'Lumen Pad 11',
        brand: 'Tessuno',
        price: 429,
        stock: 'steady',
        tags: ['tablet', 'drawing', 'streaming'],
        description:
          'Four speakers and a screen with real black turn any armchair into a decent cinema. By day it is a sketchpad: the pen reacts faster than the eye can follow.',
        specifications: {
          display: '11-inch OLED, 2360 × 1640',
          ram: '8 GB',
          battery_life: 'up to 11 hours of video',
          pen: 'included',
        },
        options: { colour: ['Silver', 'Sky'], storage: ['128 GB', ['256 GB', 90], ['512 GB', 210]] },
      },
      {
        code: 'LIV-PAPER8',
        name: 'Leaf Reader 8',
        brand: 'Livrette',
        price: 189.9,
        stock: 'plenty',
        tags: ['e-reader', 'e-ink', 'waterproof'],
        description:
          'Six weeks on a charge and not a single notification. The e-ink page has a warm light for late chapters, buttons to turn it with gloves on, and no objection to the bath.',
        specifications: {
          display: '7.8-inch e-ink, 300 ppi',
          storage: '32 GB, about 12,000 books',
          protection: 'IPX8',
          weight: '219 g',
        },
        options: { colour: ['Charcoal', 'Cream'] },
      },
    ],
  },
  {
    category: 'Electronics',
    subcategory: 'Cameras',
    shape: 'camera',
    products: [
      {
        code: 'KML-C40',
        name: 'Kamerlund C40',
        brand: 'Kamerlund',
        price: 1399,
        stock: 'steady',
        tags: ['camera', 'mirrorless', 'photography'],
        description:
          'A mirrorless camera with dials where your fingers expect them and menus you rarely need. The stabilised sensor holds a steady shot at half a second, by hand, after the second glass of wine.',
        specifications: {
          sensor: '26 MP, APS-C',
          stabilisation: '5-axis, 7 stops',
          video: '4K at 60 fps',
          weight: '478 g with battery',
        },
        options: { colour: ['Black', 'Silver'], kit: ['Body only', ['With 35 mm f/2', 330]] },
      },
      {
        code: 'KML-PIK',
        name: 'Pika Pocket Film Camera',
        brand: 'Kamerlund',
        price: 79.5,
        stock: 'few',
        tags: ['camera', 'film', 'gift'],
        description:
          'Thirty-six exposures, one button, and no idea how they came out until next week. A pocket camera for 35 mm film with a sharp little glass lens and a flash that flatters everyone at parties.',
        specifications: {
          film: '35 mm',
          lens: '31 mm f/9, glass',
          flash: 'built in, switchable',
          battery: '1 × AAA',
        },
        options: { colour: ['Yellow', 'Red', 'Mint', 'Cream'] },
      },
    ],
  },
];
