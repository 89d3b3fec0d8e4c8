import { describe, expect, it } from 'vitest';
import { formatTsv, parseTsv } from './tsv.ts';

describe('pasted cells', () => {
  it.each([
    [
      'Excel',
      'LAMP\t1.234,50\r\nCHAIR\t7\r\n',
      [
        ['LAMP', '1.234,50'],
        ['CHAIR', '7'],
      ],
    ],
    [
      'LibreOffice',
      'LAMP\t1.234,50\nCHAIR\t7\n',
      [
        ['LAMP', '1.234,50'],
        ['CHAIR', '7'],
      ],
    ],
    [
      'Google Sheets',
      'LAMP\t1.234,50\nCHAIR\t7',
      [
        ['LAMP', '1.234,50'],
        ['CHAIR', '7'],
      ],
    ],
  ])('come from %s', (_program, text, cells) => {
    expect(parseTsv(text)).toEqual(cells);
  });

  it('may contain tabs, line breaks and quotes in quotes', () => {
    expect(parseTsv('"two\r\nlines"\t"a ""word"""\t"tab\there"\r\n1\t2\t3')).toEqual([
      ['two\r\nlines', 'a "word"', 'tab\there'],
      ['1', '2', '3'],
    ]);
  });

  it('keep a quote that is only a character: 24" or an opened one', () => {
    expect(parseTsv('24"\t"open\n"a"b')).toEqual([['24"', '"open'], ['"a"b']]);
  });

  it('may be empty', () => {
    expect(parseTsv('')).toEqual([['']]);
    expect(parseTsv('1\t\n\t2\n')).toEqual([
      ['1', ''],
      ['', '2'],
    ]);
    expect(parseTsv('1\n\n2\n')).toEqual([['1'], [''], ['2']]);
  });
});

describe('copied cells', () => {
  it.each([
    [
      [
        ['1', '2'],
        ['a "b"', 'x\ty'],
      ],
    ],
    [[['two\nlines']]],
    [
      [
        ['', ''],
        ['', ''],
      ],
    ],
  ])('%j come back as they were', (cells) => {
    expect(parseTsv(formatTsv(cells))).toEqual(cells);
  });
});
