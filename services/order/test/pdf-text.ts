import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFRawStream,
  type PDFObject,
} from 'pdf-lib';

const textOf = (stream: PDFObject | undefined): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1') : '';

/** Letters by glyph: the map that viewers use to copy text. */
const lettersOf = (map: string): ReadonlyMap<number, string> => {
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, code = ''], index) => {
      letters.set(parseInt(from, 16) + index, Buffer.from(code, 'hex').swap16().toString('utf16le'));
    });
  return letters;
};

/** The text of a PDF with embedded fonts, a line per piece, as a reader would copy it. */
export const pdfText = async (bytes: Uint8Array): Promise<string> => {
  const pdf = await PDFDocument.load(bytes);
  const lines: string[] = [];
  for (const page of pdf.getPages()) {
    const fonts = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict);
    const { Contents: contents } = page.node.normalizedEntries();
    const streams = contents instanceof PDFArray ? contents.asArray() : [];
    let letters: ReadonlyMap<number, string> = new Map();
    for (const part of streams
      .map((ref) => textOf(pdf.context.lookup(ref)))
      .join('\n')
      .matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      const [, font, pieces] = part;
      if (font !== undefined)
        letters = lettersOf(textOf(fonts?.lookup(PDFName.of(font), PDFDict).lookup(PDFName.of('ToUnicode'))));
      else
        lines.push(
          [...(pieces ?? '').matchAll(/<([0-9a-f]+)>/gi)]
            .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
            .map((glyph) => letters.get(parseInt(glyph, 16)) ?? '?')
            .join(''),
        );
    }
  }
  return lines.join('\n');
};
