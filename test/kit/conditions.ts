/** What `look` finds, as soon as it finds something; a test that waits too long ends by jest's own limit. */
export const eventually = async <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
};

/** Resolves as soon as `holds` says so. */
export const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  await eventually(async () => ((await holds()) ? true : undefined));
};
