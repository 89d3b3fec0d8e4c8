import { describe, expect, it } from 'vitest';
import type { Contract } from '#test/kit/pact/files.ts';
import { contracts } from './contracts.ts';
import {
  asked,
  grpcClients,
  grpcClientsIn,
  grpcContracts,
  onlyIn,
  permitted,
  permittedByGrpc,
  specs,
} from './permissions.ts';

const all = specs();
const [may, asks] = [permitted(all), asked(contracts(), all)];

describe('permissions between services', () => {
  it('exist for every call of a contract', () => {
    expect(onlyIn(asks, may)).toEqual([]);
  });

  it('are all used by a contract, except one that is part of the published API', () => {
    // Payments are opened by `order.placed`; the operation stays for as long as it is published.
    expect(onlyIn(may, asks)).toEqual(['order payment POST /api/v1/payments payments:write']);
  });

  it('are those of the existing gRPC clients and their contracts', () => {
    expect([...grpcClients()].sort()).toEqual([...permittedByGrpc].sort());
    expect([...grpcContracts()].sort()).toEqual([...permittedByGrpc].sort());
  });

  it('name consumer, provider, operation and scope', () => {
    expect(may).toContain('cart catalog POST /internal/v1/offers offers:read');
    expect(may).toContain('order cart GET /internal/v1/carts/{cart_id} carts:read');
  });

  describe('report as missing', () => {
    /** In which `consumer` asks for a cart. */
    const contractOf = (consumer: string, scope: string): Contract => ({
      consumer: { name: consumer },
      provider: { name: 'cart' },
      interactions: [
        {
          type: 'Synchronous/HTTP',
          description: 'for a cart',
          providerStates: [],
          request: {
            method: 'GET',
            path: '/internal/v1/carts/0190a000-0000-7000-8000-000000000001',
            headers: { authorization: [`Bearer ${scope}`] },
          },
        },
      ],
    });

    it('a permission for a contract', () => {
      const stranger = contractOf('search', 'carts:read');
      expect(onlyIn(asked([...contracts(), stranger], all), may)).toEqual([
        'search cart GET /internal/v1/carts/{cart_id} carts:read',
      ]);
    });

    it('a scope that the operation does not require', () => {
      expect(onlyIn(asked([contractOf('order', 'carts:write')], all), may)).toEqual([
        'order cart GET /internal/v1/carts/{cart_id} carts:write',
      ]);
    });

    it('a contract for a permission', () => {
      const fewer = contracts().filter(({ provider }) => provider.name !== 'shipping');
      expect(onlyIn(may, asked(fewer, all))).toEqual([
        'order payment POST /api/v1/payments payments:write',
        'order shipping POST /internal/v1/return-labels return-labels:print',
        'order shipping POST /internal/v1/shipping-quotes quotes:read',
        'user shipping POST /internal/v1/personal-data/erase personal-data:erase',
        'user shipping POST /internal/v1/personal-data/export personal-data:read',
      ]);
    });

    it('a permission for a gRPC client', () => {
      const source = `import { PAYMENT_PROTO } from '#contracts/grpc/payment.ts'; makeGrpcClient({})`;
      const clients = grpcClientsIn('services/notification/main/module.ts', source);
      expect(onlyIn(clients, permittedByGrpc)).toEqual(['notification payment']);
    });
  });
});
