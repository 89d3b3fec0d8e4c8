import { readAddress, readLine, type WrittenAddress } from '#kernel/address.ts';
import { ok, refuse, type FieldError, type Refusal, type Result } from '#kernel/result.ts';
import { readVatId } from '#kernel/vat-id.ts';
import type { Address, Billing } from '../../core/domain/order.ts';

interface WrittenBuyer {
  readonly shipping_address: WrittenAddress;
  readonly billing_address?: WrittenAddress;
  readonly company?: string;
  readonly vat_id?: string;
}

/** The shipping address from a request body, or all its violations. */
export const readShippingAddress = (body: {
  readonly shipping_address: WrittenAddress;
}): Result<Address, Refusal<'INVALID_ADDRESS'>> => {
  const read = readAddress(body.shipping_address);
  return read.ok
    ? read
    : refuse('INVALID_ADDRESS', 'See errors.', {
        errors: read.error.map((fault) => ({ ...fault, pointer: `/body/shipping_address${fault.pointer}` })),
      });
};

export interface Buyer {
  readonly address: Address;
  readonly billing: Billing;
}

/** Customer and addresses from a request body, or all its violations. */
export const readBuyer = (
  body: WrittenBuyer,
): Result<Buyer, Refusal<'INVALID_ADDRESS' | 'INVALID_VAT_ID'>> => {
  const faults: FieldError[] = [];
  const addressAt = (field: 'shipping_address' | 'billing_address'): Address | undefined => {
    const written = body[field];
    if (!written) return undefined;
    const read = readAddress(written);
    if (read.ok) return read.value;
    faults.push(...read.error.map((fault) => ({ ...fault, pointer: `/body/${field}${fault.pointer}` })));
    return undefined;
  };
  const address = addressAt('shipping_address');
  const billingAddress = addressAt('billing_address');
  const company = body.company === undefined ? undefined : readLine(body.company);
  if (body.company !== undefined && company === undefined)
    faults.push({
      pointer: '/body/company',
      message: 'must contain a letter or a digit and only printable characters',
    });
  if (!address || faults.length > 0) return refuse('INVALID_ADDRESS', 'See errors.', { errors: faults });
  const vatId = body.vat_id === undefined ? undefined : readVatId(body.vat_id);
  if (body.vat_id !== undefined && vatId === undefined)
    return refuse('INVALID_VAT_ID', 'See errors.', {
      errors: [{ pointer: '/body/vat_id', message: 'must be a VAT ID with its country prefix' }],
    });
  const billing = {
    ...(billingAddress === undefined ? {} : { address: billingAddress }),
    ...(company === undefined ? {} : { company }),
    ...(vatId === undefined ? {} : { vatId }),
  };
  return ok({ address, billing });
};
