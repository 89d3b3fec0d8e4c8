import type { Shelf } from './row.ts';

export const music: readonly Shelf[] = [
  {
    category: 'Music',
    subcategory: 'Guitars',
    shape: 'guitar',
    products: [
      {
        code: 'ALD-PARL',
        name: 'Parlour No. 2',
        brand: 'Aldermoor',
        price: 469,
        stock: 'steady',
        tags: ['guitar', 'acoustic', 'small-body'],
        description:
          'A small guitar with a big middle, made for fingers rather than picks. It sits on the sofa with you and speaks without shouting, and the low action forgives the second hour of practice.',
        specifications: { top: 'solid spruce', scale: '630 mm', neck: 'mahogany', bag: 'padded, included' },
        options: { finish: ['Natural', 'Cherry', 'Black'] },
      },
      {
        code: 'ALD-DREAD',
        name: 'Drover Dreadnought',
        brand: 'Aldermoor',
        price: 729,
        stock: 'steady',
        tags: ['guitar', 'acoustic', 'stage'],
        description:
          'Strum it once and people come in from the garden. A solid cedar top, a quick neck and a pickup that sounds like the guitar, only further away.',
        specifications: {
          top: 'solid cedar',
          scale: '648 mm',
          pickup: 'built in',
          tuners: 'open-geared, 18:1',
        },
        options: { finish: ['Honey', 'Espresso'], hand: ['Right-handed', ['Left-handed', 40]] },
      },
      {
        code: 'ALD-UKE',
        name: 'Sparrow Ukulele',
        brand: 'Aldermoor',
        price: 89,
        stock: 'plenty',
        tags: ['ukulele', 'beginner', 'travel'],
        description:
          'Four strings, three chords, two hundred songs. Stays in tune on trains, fits in hand luggage, makes everybody smile whether they meant to or not.',
        specifications: { size: 'concert', body: 'mango wood', strings: 'fluorocarbon', bag: 'included' },
        options: { finish: ['Natural', 'Teal', 'Coral'] },
      },
    ],
  },
  {
    category: 'Music',
    subcategory: 'Keyboards',
    shape: 'keys',
    products: [
      {
        code: 'CLV-STAGE',
        name: 'Clavento S61',
        brand: 'Clavento',
        price: 649,
        stock: 'steady',
        tags: ['synthesiser', 'stage', 'analogue'],
        description:
          'Eight analogue voices and a knob for every one of their moods. No menus: if you can hear it, you can reach it. The wooden cheeks are purely for morale.',
        specifications: {
          keys: '61, semi-weighted',
          voices: '8, analogue',
          sequencer: '64 steps',
          weight: '8.2 kg',
        },
        options: { colour: ['Graphite', 'Cream', 'Rust'] },
      },
      {
        code: 'CLV-HOME',
        name: 'Clavento Upright 88',
        brand: 'Clavento',
        price: 899,
        stock: 'steady',
        tags: ['digital-piano', 'home', 'weighted'],
        description:
          'Grand-piano samples taken in a village church, hammers you can feel, and two headphone sockets for peace in thin-walled houses. The lid closes softly on its own.',
        specifications: { keys: '88, hammer action', polyphony: '192', pedals: '3', bench: 'included' },
        options: { finish: ['Black', 'White', 'Oak'] },
      },
    ],
  },
  {
    category: 'Music',
    subcategory: 'Percussion & Winds',
    shape: 'drum',
    products: [
      {
        code: 'BMB-SNARE',
        name: 'Marching Snare 14',
        brand: 'Bombarde',
        price: 239,
        stock: 'few',
        tags: ['drum', 'snare', 'birch'],
        description:
          'Birch shell, brass hoops, a crack that reaches the back of the parade. Tunes low enough for the studio, too.',
        specifications: { size: '14 × 6.5 inch', shell: 'birch, 7-ply', hoops: 'brass', sticks: '1 pair' },
        options: { colour: ['Red', 'Forest', 'Navy'] },
      },
      {
        code: 'BMB-CAJON',
        name: 'Kitchen Table Cajón',
        brand: 'Bombarde',
        price: 129,
        stock: 'steady',
        tags: ['cajon', 'percussion', 'acoustic'],
        description:
          'A drum kit you can sit on. Bass in the middle, snare at the edge, and nobody will mind it in the living room between gigs.',
        specifications: { size: '30 × 30 × 48 cm', front: 'birch, adjustable', load: '120 kg' },
        options: { wood: ['Natural', 'Walnut'] },
        shape: 'cajon',
      },
      {
        code: 'BMB-RECORD',
        name: 'Pearwood Descant Recorder',
        brand: 'Bombarde',
        price: 74.5,
        stock: 'plenty',
        tags: ['recorder', 'wood', 'school'],
        description:
          'Proof that the recorder was never the problem. Warm, in tune with itself, and pleasant to hear from the next room.',
        specifications: {
          wood: 'pear, oiled',
          pitch: 'c″, 442 Hz',
          case: 'included',
          care: 'oil and brush included',
        },
        options: { fingering: ['Baroque', 'German'], wood_tone: ['Honey', 'Cherry'] },
        shape: 'recorder',
      },
      {
        code: 'BMB-HARM',
        name: 'Porch Harmonica',
        brand: 'Bombarde',
        price: 39,
        stock: 'steady',
        tags: ['harmonica', 'blues', 'travel'],
        description:
          'Ten holes and a lifetime of trouble. The pearwood comb is sealed, so it neither swells nor splinters, and each reed plate can be changed on its own.',
        specifications: { holes: '10, diatonic', comb: 'sealed pearwood', reeds: 'brass', case: 'tin' },
        options: { key: ['Key of C', 'Key of G', 'Key of A', 'Key of D'] },
        colour: 'Silver',
        shape: 'harmonica',
      },
    ],
  },
];
