import { PDFDocument, rgb, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';
import type { PrintedLabel } from '../../core/ports/carrier.ts';
import type { CarrierProfile } from './carriers.ts';
import { code128 } from './code128.ts';
import { receiverLines, SENDER } from './label-text.ts';
import { latin } from './latin.ts';
import type { CarrierParcel } from './parcel.ts';

/** 4 × 6 inches, in points. */
const WIDTH = 288;
const HEIGHT = 432;
const MARGIN = 18;
const INSIDE = WIDTH - 2 * MARGIN;

/** A label as a one-page PDF. */
export const printPdf = (profile: CarrierProfile, parcel: CarrierParcel): Promise<PrintedLabel> =>
  print(profile, {
    ...parcel,
    from: SENDER,
    to: receiverLines(parcel),
    details: `Items ${parcel.itemCount}    Posted ${parcel.boughtAt.slice(0, 10)}`,
  });

export interface ReturnParcel extends Pick<
  CarrierParcel,
  'serviceId' | 'trackingNumber' | 'reference' | 'itemCount'
> {
  readonly from: CarrierParcel['address'];
  readonly to: readonly string[] | undefined;
}

/** A label with which a customer sends goods back. */
export const printReturnPdf = (
  profile: CarrierProfile,
  { from, to = SENDER, ...parcel }: ReturnParcel,
): Promise<PrintedLabel> =>
  print(profile, {
    ...parcel,
    from: receiverLines({ address: from }),
    to: to.map(latin),
    details: `Items ${parcel.itemCount}    RETURN`,
  });

interface Printed extends Pick<CarrierParcel, 'serviceId' | 'trackingNumber' | 'reference'> {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly details: string;
}

const print = async (profile: CarrierProfile, parcel: Printed): Promise<PrintedLabel> => {
  const document = await PDFDocument.create();
  document.setTitle(`${profile.name} ${parcel.trackingNumber}`);
  const page = document.addPage([WIDTH, HEIGHT]);
  const plain = makeWriter(page, await document.embedFont(StandardFonts.Helvetica));
  const bold = makeWriter(page, await document.embedFont(StandardFonts.HelveticaBold));

  page.drawRectangle({ x: 0, y: HEIGHT - 54, width: WIDTH, height: 54, color: rgb(...profile.colour) });
  const onBar = isLight(profile.colour) ? rgb(0, 0, 0) : rgb(1, 1, 1);
  bold(profile.name, { x: MARGIN, y: HEIGHT - 36, size: 26, color: onBar });
  const service = profile.services.find(({ id }) => id === parcel.serviceId)?.name ?? '';
  bold(service, { x: MARGIN + 110, y: HEIGHT - 33, size: 14, color: onBar });

  plain('FROM', { x: MARGIN, y: HEIGHT - 74, size: 7 });
  parcel.from.forEach((line, index) => plain(line, { x: MARGIN, y: HEIGHT - 86 - index * 11, size: 9 }));
  rule(page, HEIGHT - 134);
  plain('TO', { x: MARGIN, y: HEIGHT - 148, size: 7 });
  parcel.to.forEach((line, index) => bold(line, { x: MARGIN, y: HEIGHT - 168 - index * 20, size: 15 }));
  rule(page, 160);
  plain(`Reference ${parcel.reference}`, { x: MARGIN, y: 146, size: 8 });
  plain(parcel.details, { x: MARGIN, y: 134, size: 8 });
  drawBarcode(page, parcel.trackingNumber, { x: MARGIN, y: 40, width: INSIDE, height: 80 });
  bold(parcel.trackingNumber, { x: MARGIN, y: 22, size: 12 });
  return { type: 'application/pdf', bytes: await document.save() };
};

const isLight = ([red, green, blue]: readonly [number, number, number]): boolean =>
  0.3 * red + 0.6 * green + 0.1 * blue > 0.5;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly color?: ReturnType<typeof rgb>;
}

/** Writes lines in a font, shrunk to fit. */
const makeWriter =
  (page: PDFPage, font: PDFFont) =>
  (text: string, { x, y, size, color = rgb(0, 0, 0) }: Place): void => {
    const room = WIDTH - MARGIN - x;
    const fitting = Math.min(size, (size * room) / Math.max(1, font.widthOfTextAtSize(text, size)));
    page.drawText(text, { x, y, size: fitting, font, color });
  };

const rule = (page: PDFPage, y: number): void =>
  page.drawLine({ start: { x: MARGIN, y }, end: { x: WIDTH - MARGIN, y }, thickness: 1 });

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const drawBarcode = (page: PDFPage, text: string, { x, y, width, height }: Box): void => {
  const widths = code128(text);
  const module = width / widths.reduce((sum, modules) => sum + modules, 0);
  let left = x;
  widths.forEach((modules, index) => {
    if (index % 2 === 0)
      page.drawRectangle({ x: left, y, width: modules * module, height, color: rgb(0, 0, 0) });
    left += modules * module;
  });
};
