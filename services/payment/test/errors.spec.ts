import { expect, it } from 'vitest';
import { loadSpec } from '#adapters/http/spec.ts';
import { cataloguedCodes, documentedCodes } from '#test/kit/catalogue-check.ts';
import { errors } from '../adapters/http/errors.ts';
import { payment } from '../main/module.ts';

it('the OpenAPI file documents every error code of payment, and no other', () => {
  expect(cataloguedCodes(errors)).toEqual(documentedCodes(loadSpec(payment.spec)));
});
