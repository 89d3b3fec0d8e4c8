import { PDFDocument } from 'pdf-lib';
import { expect, it } from 'vitest';
import { joinPdfs } from './join-pdfs.ts';

const file = async (...widths: readonly number[]): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  for (const width of widths) document.addPage([width, 100]);
  return document.save();
};

it('joins the pages of files in their order', async () => {
  const joined = await PDFDocument.load(await joinPdfs([await file(10, 20), await file(30)]));
  expect(joined.getPages().map((page) => page.getWidth())).toEqual([10, 20, 30]);
});
