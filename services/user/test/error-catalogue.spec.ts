import { expect, it } from 'vitest';
import { loadSpec } from '#adapters/http/spec.ts';
import { cataloguedCodes, documentedCodes } from '#test/kit/catalogue-check.ts';
import { errors } from '../adapters/http/errors.ts';
import { user } from '../main/module.ts';

it('documents the error codes that it answers, and no other', () => {
  expect(documentedCodes(loadSpec(user.spec))).toEqual(cataloguedCodes(errors));
});
