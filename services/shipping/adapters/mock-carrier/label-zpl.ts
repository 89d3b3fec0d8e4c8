import type { PrintedLabel } from '../../core/ports/carrier.ts';
import type { CarrierProfile } from './carriers.ts';
import { receiverLines, SENDER } from './label-text.ts';
import type { CarrierParcel } from './parcel.ts';

/** Control characters of ZPL, removed from text. */
const field = (x: number, y: number, height: number, text: string): string =>
  `^FO${x},${y}^A0N,${height}^FD${text.replaceAll(/[\^~\\]/g, ' ')}^FS`;

/** A label of 4 × 6 inches for a 203 dpi printer, in ZPL II. */
export const printZpl = (profile: CarrierProfile, parcel: CarrierParcel): PrintedLabel => {
  const service = profile.services.find(({ id }) => id === parcel.serviceId);
  const lines = [
    '^XA^CI28^PW812^LL1218',
    field(40, 40, 70, `${profile.name} ${service?.name ?? ''}`),
    ...SENDER.map((line, index) => field(40, 150 + index * 30, 25, line)),
    '^FO40,290^GB732,3,3^FS',
    ...receiverLines(parcel).map((line, index) => field(40, 330 + index * 60, 50, line)),
    '^FO40,700^GB732,3,3^FS',
    field(40, 730, 30, `Reference ${parcel.reference}`),
    field(40, 770, 30, `Items ${parcel.itemCount}   Posted ${parcel.boughtAt.slice(0, 10)}`),
    `^FO80,850^BY3^BCN,220,Y,N,N^FD${parcel.trackingNumber}^FS`,
    '^XZ',
  ];
  return { type: 'application/zpl', bytes: Buffer.from(`${lines.join('\n')}\n`, 'utf8') };
};
