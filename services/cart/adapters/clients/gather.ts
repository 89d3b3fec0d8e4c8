/**
 * Batches the requests of one turn of the event loop, without duplicates: `ask` gets at most `most` IDs, and every caller its
 * complete result.
 */
export const gather = <Answer>(
  ask: (ids: readonly string[]) => Promise<Answer>,
  most: number,
): ((id: string) => Promise<Answer>) => {
  let open: { readonly ids: Set<string>; readonly answer: Promise<Answer> } | undefined;
  const begin = () => {
    const ids = new Set<string>();
    const mine = {
      ids,
      answer: new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        if (open === mine) open = undefined;
        return ask([...ids]);
      }),
    };
    return mine;
  };
  return (id) => {
    if (!open || open.ids.size >= most) open = begin();
    open.ids.add(id);
    return open.answer;
  };
};
