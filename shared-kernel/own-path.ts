/** The longest address to go back to. */
const LONGEST_PATH = 2_000;

/**
 * Where to go on, if it is a path of this shop: not `//elsewhere`, nor anything that a browser would read as another origin.
 * Otherwise `/`.
 */
export const ownPath = (wanted: string | undefined): string => {
  const isPath =
    wanted !== undefined &&
    wanted.length <= LONGEST_PATH &&
    /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted);
  return isPath && new URL(wanted, 'http://shop').host === 'shop' ? wanted : '/';
};
