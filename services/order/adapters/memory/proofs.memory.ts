import type { MemoryTables } from '#adapters/memory/memory-database.ts';
import { joined, type Proof } from '../../core/domain/proof.ts';
import type { ProofRepository } from '../../core/ports/proofs.ts';

const keyOf = ({ userId, email }: Pick<Proof, 'userId' | 'email'>): string => `${userId} ${email}`;

export const memoryProofRepository = (tables: MemoryTables): ProofRepository => {
  const proofs = tables.table<Proof>('proofs');
  return {
    add: (fact) => {
      proofs.put(keyOf(fact), joined(proofs.get(keyOf(fact)), fact));
      return Promise.resolve();
    },
    ofEmail: (email) => Promise.resolve(proofs.find((proof) => proof.email === email)),
    ofUser: (userId) => Promise.resolve(proofs.find((proof) => proof.userId === userId)),
    forget: (userId) => {
      const own = proofs.find((proof) => proof.userId === userId);
      for (const proof of own) proofs.delete(keyOf(proof));
      return Promise.resolve(own.length);
    },
  };
};
