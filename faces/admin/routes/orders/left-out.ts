const REASONS = ['no-label', 'not-pdf'] as const;

/** An order whose label is not in a file of labels. */
export interface LeftOut {
  readonly number: string;
  readonly reason: (typeof REASONS)[number];
}

/** @param header `Left-Out` of the answer: positions of orders by reason, such as `no-label=(0 2), not-pdf=(1)` */
export const leftOutOf = (
  orders: readonly { readonly number: string }[],
  header: string,
): readonly LeftOut[] =>
  REASONS.flatMap((reason) => {
    const [, positions = ''] = new RegExp(`${reason}=\\(([\\d ]+)\\)`).exec(header) ?? [];
    return positions.split(' ').flatMap((position) => {
      const order = position === '' ? undefined : orders[Number(position)];
      return order ? [{ number: order.number, reason }] : [];
    });
  });
