import { createRequire } from 'node:module';
import type PDFKit from 'pdfkit';
import { formatMoney } from '#kernel/money.ts';
import { creditNoteNumberOf, type CreditNote } from '../../core/domain/credit-note.ts';
import { invoiceNumberOf, taxLinesOf, type Invoice } from '../../core/domain/invoice.ts';
import { billingAddressOf, inCurrency, type Address, type Order } from '../../core/domain/order.ts';

type Document = InstanceType<typeof PDFKit>;

/** A4, in points. */
const [WIDTH, HEIGHT, MARGIN] = [595, 842, 50];
const BOTTOM = HEIGHT - 70;
const INSIDE = WIDTH - 2 * MARGIN;

/** DejaVu has Latin, Greek and Cyrillic letters; only those that a document uses are embedded. */
const require = createRequire(import.meta.url);
const FONTS = { plain: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' } as const;

/** Loaded with the first document, as few instances print any. */
const open = async (title: string, at: Date): Promise<Document> => {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    info: { Title: title, CreationDate: at, ModDate: at },
  });
  for (const [name, file] of Object.entries(FONTS))
    document.registerFont(name, require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  return document;
};

const bytesOf = async (document: Document): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => {
    document.on('end', () => {
      resolve();
    });
  });
  document.end();
  await ended;
  return Buffer.concat(chunks);
};

/** By the language of the country of the invoice's address. */
const WORDS = {
  en: {
    invoice: 'Invoice',
    creditNote: 'Credit note',
    toInvoice: 'For invoice',
    refund: 'Refund',
    credited: 'Total credited',
    slip: 'Packing slip',
    order: 'Order',
    date: 'Date',
    vatId: 'VAT ID',
    item: 'Item',
    quantity: 'Qty',
    price: 'Price',
    sum: 'Total',
    subtotal: 'Subtotal',
    shipping: 'Shipping',
    net: 'Net at',
    tax: 'Tax at',
    total: 'Total',
    included: 'Prices include tax.',
    paid: 'Paid.',
  },
  de: {
    invoice: 'Rechnung',
    creditNote: 'Rechnungskorrektur',
    toInvoice: 'Zur Rechnung',
    refund: 'Erstattung',
    credited: 'Gutgeschrieben',
    slip: 'Lieferschein',
    order: 'Bestellung',
    date: 'Datum',
    vatId: 'USt-IdNr.',
    item: 'Artikel',
    quantity: 'Menge',
    price: 'Preis',
    sum: 'Summe',
    subtotal: 'Zwischensumme',
    shipping: 'Versand',
    net: 'Netto zu',
    tax: 'Steuer zu',
    total: 'Gesamtsumme',
    included: 'Die Preise enthalten die Steuer.',
    paid: 'Bezahlt.',
  },
} as const;

type Words = (typeof WORDS)[keyof typeof WORDS];

const GERMAN: readonly string[] = ['DE', 'AT', 'CH', 'LI'];

const wordsFor = ({ country }: Pick<Address, 'country'>): Words =>
  GERMAN.includes(country) ? WORDS.de : WORDS.en;

const addressLines = (address: Address): readonly string[] =>
  [
    address.recipient,
    address.line1,
    address.line2 ?? '',
    [address.postal_code, address.city, address.region ?? ''].filter(Boolean).join(' '),
    address.country,
  ].filter((line) => line !== '');

interface Column {
  readonly x: number;
  readonly width: number;
  readonly align?: 'right';
}

const COLUMNS = {
  sku: { x: MARGIN, width: 90 },
  name: { x: MARGIN + 95, width: 200 },
  quantity: { x: MARGIN + 300, width: 40, align: 'right' },
  price: { x: MARGIN + 345, width: 70, align: 'right' },
  sum: { x: MARGIN + 420, width: INSIDE - 420, align: 'right' },
} as const satisfies Record<string, Column>;

type Cells = Partial<Record<keyof typeof COLUMNS, string>>;

/** Writes a row at `document.y`, on a new page if there is no room, and moves on. */
const row = (document: Document, cells: Cells, font: keyof typeof FONTS = 'plain'): void => {
  document.font(font).fontSize(9);
  const boxes = Object.entries(cells).map(([name, text]) => {
    const { x, ...options }: Column = COLUMNS[name as keyof Cells];
    return { text, x, options };
  });
  const height = Math.max(...boxes.map(({ text, options }) => document.heightOfString(text, options)));
  if (document.y + height > BOTTOM) {
    document.addPage();
    document.font(font).fontSize(9);
  }
  const { y } = document;
  for (const { text, x, options } of boxes) document.text(text, x, y, options);
  document.y = y + height + 5;
};

const rule = (document: Document): void => {
  document
    .moveTo(MARGIN, document.y)
    .lineTo(WIDTH - MARGIN, document.y)
    .lineWidth(0.5)
    .stroke();
  document.y += 6;
};

const block = (document: Document, lines: readonly string[], x: number, y: number, width: number): void => {
  document.font('plain').fontSize(9).text(lines.join('\n'), x, y, { width, lineGap: 2 });
};

const percent = (taxRate: number): string => `${String(taxRate / 1_000)} %`;

const day = (at: string): string => at.slice(0, 10);

/** Title, buyer, seller and facts on top of the first page. */
const head = (
  document: Document,
  title: string,
  order: Order,
  { seller }: Pick<Invoice, 'seller'>,
  facts: readonly string[],
): void => {
  const billing = billingAddressOf(order);
  const words = wordsFor(billing);
  const { company, vatId } = order.billing ?? {};
  const buyer = [
    ...(company === undefined ? [] : [company]),
    ...addressLines(billing),
    ...(vatId === undefined ? [] : [`${words.vatId} ${vatId}`]),
  ];
  const sender = [
    seller.name,
    ...seller.address,
    ...(seller.vatId ? [`${words.vatId} ${seller.vatId}`] : []),
  ];
  document.addPage();
  document.font('bold').fontSize(18).text(title, MARGIN, MARGIN);
  block(document, buyer, MARGIN, 100, 240);
  const below = document.y;
  block(document, [...sender, '', ...facts], MARGIN + 270, 100, INSIDE - 270);
  document.y = Math.max(below, document.y) + 30;
};

/** The invoice of an order. The same order and invoice give the same bytes. */
export const printInvoice = async (order: Order, invoice: Invoice): Promise<Uint8Array> => {
  const billing = billingAddressOf(order);
  const words = wordsFor(billing);
  const money = (minor: number): string => formatMoney(inCurrency(minor, order));
  const number = invoiceNumberOf(invoice);
  const document = await open(`${words.invoice} ${number}`, new Date(invoice.issuedAt));
  head(document, `${words.invoice} ${number}`, order, invoice, [
    `${words.date}: ${day(invoice.issuedAt)}`,
    `${words.order}: ${order.number} (${day(order.placedAt)})`,
  ]);
  row(
    document,
    { sku: 'SKU', name: words.item, quantity: words.quantity, price: words.price, sum: words.sum },
    'bold',
  );
  rule(document);
  for (const line of order.lines)
    row(document, {
      sku: line.sku,
      name: line.name,
      quantity: String(line.quantity),
      price: money(line.priceMinor),
      sum: money(line.totalMinor),
    });
  rule(document);
  row(document, { name: words.subtotal, sum: money(order.subtotalMinor) });
  row(document, {
    name: `${words.shipping} (${order.shipping.carrier} ${order.shipping.service})`,
    sum: money(order.shipping.priceMinor),
  });
  for (const { taxRate, net, tax } of taxLinesOf(order, invoice.taxRate)) {
    row(document, { name: `${words.net} ${percent(taxRate)}`, sum: formatMoney(net) });
    row(document, { name: `${words.tax} ${percent(taxRate)}`, sum: formatMoney(tax) });
  }
  row(document, { name: words.total, sum: money(order.totalMinor) }, 'bold');
  row(document, { name: order.pricesIncludeTax ? `${words.included} ${words.paid}` : words.paid });
  return bytesOf(document);
};

/** A credit note of an order's invoice. The same ones give the same bytes. */
export const printCreditNote = async (
  order: Order,
  invoice: Invoice,
  note: CreditNote,
): Promise<Uint8Array> => {
  const words = wordsFor(billingAddressOf(order));
  const money = (minor: number): string => formatMoney(inCurrency(minor, order));
  const title = `${words.creditNote} ${creditNoteNumberOf(note)}`;
  const document = await open(title, new Date(note.issuedAt));
  head(document, title, order, invoice, [
    `${words.date}: ${day(note.issuedAt)}`,
    `${words.toInvoice}: ${invoiceNumberOf(invoice)} (${day(invoice.issuedAt)})`,
    `${words.order}: ${order.number}`,
  ]);
  row(document, { sku: 'SKU', name: words.item, quantity: words.quantity, sum: words.sum }, 'bold');
  rule(document);
  const parts = order.refunds.find(({ refundKey }) => refundKey === note.refundKey)?.parts;
  for (const { variantId, quantity, amountMinor } of parts?.lines ?? []) {
    const line = order.lines.find((one) => one.variantId === variantId);
    row(document, {
      sku: line?.sku ?? '',
      name: line?.name ?? '',
      quantity: String(quantity),
      sum: money(amountMinor),
    });
  }
  if (parts && parts.shippingMinor > 0)
    row(document, { name: words.shipping, sum: money(parts.shippingMinor) });
  if (!parts) row(document, { name: words.refund, sum: money(note.amountMinor) });
  rule(document);
  const rate = percent(invoice.taxRate);
  row(document, { name: `${words.net} ${rate}`, sum: money(note.amountMinor - note.taxMinor) });
  row(document, { name: `${words.tax} ${rate}`, sum: money(note.taxMinor) });
  row(document, { name: words.credited, sum: money(note.amountMinor) }, 'bold');
  row(document, { name: words.included });
  return bytesOf(document);
};

/** What belongs into the parcels of orders, each on pages of its own. Without prices. */
export const printPackingSlips = async (orders: readonly Order[]): Promise<Uint8Array> => {
  const [first] = orders;
  const document = await open(orders.map(({ number }) => number).join(' '), new Date(first?.placedAt ?? 0));
  for (const order of orders) {
    const words = wordsFor(order.address);
    document.addPage();
    document.font('bold').fontSize(18).text(`${words.slip} ${order.number}`, MARGIN, MARGIN);
    block(document, addressLines(order.address), MARGIN, 100, 240);
    const below = document.y;
    const { carrier, service } = order.shipping;
    block(
      document,
      [`${words.date}: ${day(order.placedAt)}`, `${carrier} ${service}`],
      MARGIN + 270,
      100,
      INSIDE - 270,
    );
    document.y = Math.max(below, document.y) + 30;
    row(document, { sku: 'SKU', name: words.item, quantity: words.quantity }, 'bold');
    rule(document);
    for (const { sku, name, quantity } of order.lines)
      row(document, { sku, name, quantity: String(quantity) });
  }
  return bytesOf(document);
};
