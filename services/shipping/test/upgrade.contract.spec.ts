import { expect } from 'vitest';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { assemble } from '../main/compose.ts';
import { shipping } from '../main/module.ts';
import { LABEL, PARCEL, report } from './consignment.mother.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const [SENT, CANCELLED] = [idOf('01'), idOf('02')];

/** Without a word of staff or about the address. */
const BY_DEFAULT = { handling: 'scheduled', instruction: 0, correction: 0 };

const read = async ({ queries, unitOfWork, carrierStore }: ReturnType<typeof assemble>): Promise<void> => {
  expect(await queries.ofOrder(SENT)).toEqual({
    orderId: SENT,
    isPaid: true,
    isCancelled: false,
    shipments: [
      {
        shipmentId: idOf('11'),
        attempt: 1,
        status: 'lost',
        ...BY_DEFAULT,
        parcel: PARCEL,
        label: LABEL,
        history: [report('in_transit'), report('lost')],
      },
      {
        shipmentId: idOf('12'),
        attempt: 2,
        status: 'dispatched',
        ...BY_DEFAULT,
        parcel: PARCEL,
        label: { ...LABEL, trackingNumber: 'JJD2' },
        history: [],
      },
    ],
  });
  expect(await queries.underWay('dhl', 9)).toMatchObject([
    { shipmentId: idOf('12'), orderId: SENT, attempt: 2, trackingNumber: 'JJD2', known: 0 },
  ]);
  const found = await unitOfWork.run((tx) => tx.consignments.find([CANCELLED]));
  expect(found.get(CANCELLED)?.state).toMatchObject({
    isPaid: false,
    isCancelled: true,
    shipments: [{ status: 'cancelled', parcel: undefined, label: undefined, history: [] }],
  });
  expect(await carrierStore.find(['JJD2'])).toEqual([]);
};

upgradeContract(shipping, {
  '0001-shipments': (toolbox) => read(assemble(toolbox)),
  '0002-mock-carrier': async (toolbox) => {
    const parts = assemble(toolbox);
    await read(parts);
    expect(await parts.queries.ofUser(idOf('02'), 9)).toHaveLength(2);
  },
  '0003-people-and-instructions': async (toolbox) => {
    const parts = assemble(toolbox);
    await read(parts);
    expect(await parts.queries.ofOrder(CANCELLED)).toMatchObject({
      shipments: [{ handling: 'held', instruction: 2, correction: 0, address: undefined }],
    });
  },
});
