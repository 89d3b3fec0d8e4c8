import { nameOf, type Principal } from '#adapters/auth/principal.ts';
import { networkOf } from '#adapters/http/client-address.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type { makeRepeatErasure, makeRequestErasure } from '../../core/application/erase-person.ts';
import type { makeExportPerson } from '../../core/application/export-person.ts';
import type { OwnerProof } from '../../core/application/prove-owner.ts';
import type { PersonErasure } from '../../core/domain/erasure.ts';
import type { ErasureQueries } from '../../core/ports/user-queries.ts';
import { mayRead } from './access.ts';
import type { UserCode } from './errors.ts';
import { personalZip } from './personal-archive.ts';
import { actorOf, noteFailedProof } from './security-notes.ts';

export interface PrivacyUseCases {
  readonly exportPerson: ReturnType<typeof makeExportPerson>;
  readonly requestErasure: ReturnType<typeof makeRequestErasure>;
  readonly repeatErasure: ReturnType<typeof makeRepeatErasure>;
  readonly erasures: ErasureQueries;
  readonly shopName: string;
}

type PrivacyOperations = Pick<
  operations,
  'exportUser' | 'eraseUser' | 'listErasures' | 'getErasure' | 'repeatErasure'
>;
type Schemas = components['schemas'];

const fromErasure = (erasure: PersonErasure): Schemas['Erasure'] => ({
  erasure_id: erasure.erasureId,
  user_id: erasure.userId,
  status: erasure.completedAt ? 'completed' : 'open',
  requested_at: erasure.requestedAt.toISOString(),
  requested_by: erasure.requestedBy,
  ...(erasure.reason === undefined ? {} : { reason: erasure.reason }),
  ...(erasure.completedAt && { completed_at: erasure.completedAt.toISOString() }),
  open: [...erasure.open],
  reports: erasure.reports.map(({ service, erased, kept }) => ({
    service,
    erased: erased.map((records) => ({ ...records })),
    kept: kept.map((records) => ({ ...records })),
  })),
});

const NO_ERASURE = refuse('ERASURE_NOT_FOUND', 'There is no such erasure.');

/** Of the owner, who gives the password again, if they have one, or of an admin. */
const proofOf = (
  principal: Principal,
  userId: string,
  address: string,
  password: string | undefined,
): Result<OwnerProof, Refusal<'FORBIDDEN'>> => {
  const allowed = mayRead(principal, userId);
  if (!allowed.ok) return allowed;
  if (principal.kind !== 'user' || principal.userId !== userId) return { ok: true, value: { by: 'admin' } };
  const { email, name, roles } = principal;
  if (password === undefined) return { ok: true, value: { by: 'login', email, name, roles } };
  return { ok: true, value: { by: 'owner', password, network: networkOf(address) } };
};

export const makePrivacyHandlers = (
  privacy: PrivacyUseCases,
  security: SecurityLog,
): Handlers<PrivacyOperations, UserCode> => {
  const noteRefusal = (code: string, userId: string, address: string, operation: string): void => {
    if (code === 'WRONG_PASSWORD' || code === 'TOO_MANY_ATTEMPTS')
      noteFailedProof(security, code, { actor: actorOf(userId), address, operation });
  };
  return {
    exportUser: async ({ path: { user_id: userId }, body, principal, address }) => {
      const proof = proofOf(principal, userId, address, body.current_password);
      if (!proof.ok) return proof;
      const exported = await privacy.exportPerson({ userId, proof: proof.value });
      if (!exported.ok) {
        noteRefusal(exported.error.code, userId, address, 'exportUser');
        return exported;
      }
      security.note('personal_data_exported', {
        actor: principal.kind === 'user' ? actorOf(principal.userId) : undefined,
        address,
        operation: 'exportUser',
        details: { user_id: userId },
      });
      return {
        status: 200,
        headers: { 'Content-Disposition': 'attachment; filename="personal-data.zip"' },
        type: 'application/zip',
        body: personalZip(exported.value, privacy.shopName),
      };
    },
    eraseUser: async ({ path: { user_id: userId }, body, principal, address }) => {
      const proof = proofOf(principal, userId, address, body.current_password);
      if (!proof.ok) return proof;
      const by = principal.kind === 'user' ? principal.userId : userId;
      const begun = await privacy.requestErasure({ userId, by, reason: body.reason, proof: proof.value });
      if (!begun.ok) {
        noteRefusal(begun.error.code, userId, address, 'eraseUser');
        return begun;
      }
      security.note('erasure_requested', {
        actor: actorOf(by),
        address,
        operation: 'eraseUser',
        details: { user_id: userId, erasure_id: begun.value.erasureId },
      });
      return { status: 202, body: fromErasure(begun.value) };
    },
    listErasures: async ({ query: { status, limit = 24, cursor } }) => {
      const isComplete = status && status === 'completed';
      const page = await privacy.erasures.page({ isComplete, limit, cursor });
      if (!page.ok) return page;
      const { items, next } = page.value;
      return {
        status: 200,
        body: { items: items.map(fromErasure), ...(next === undefined ? {} : { next_cursor: next }) },
      };
    },
    getErasure: async ({ path }) => {
      const erasure = await privacy.erasures.find(path.erasure_id);
      return erasure ? { status: 200, body: fromErasure(erasure) } : NO_ERASURE;
    },
    repeatErasure: async ({ path, principal, address }) => {
      const repeated = await privacy.repeatErasure(path.erasure_id);
      if (!repeated.ok) return repeated;
      const { userId, erasureId } = repeated.value;
      security.note('erasure_requested', {
        actor: nameOf(principal),
        address,
        operation: 'repeatErasure',
        details: { user_id: userId, erasure_id: erasureId },
      });
      return { status: 202, body: fromErasure(repeated.value) };
    },
  };
};
