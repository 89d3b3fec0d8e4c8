import type { Toolbox } from '#adapters/service/module.ts';
import type { Pictures } from '../core/ports/tools.ts';

/** Counts the variants that are made. */
export const watchPictures = ({ metrics }: Pick<Toolbox, 'metrics'>, pictures: Pictures): Pictures => {
  const made = metrics.counter('variants_made_total', 'Variants of pictures that were made', [
    'preset',
    'format',
  ]);
  return {
    inspect: (path) => pictures.inspect(path),
    encode: async (source, target, preset, format) => {
      const bytes = await pictures.encode(source, target, preset, format);
      made.inc({ preset, format });
      return bytes;
    },
  };
};
