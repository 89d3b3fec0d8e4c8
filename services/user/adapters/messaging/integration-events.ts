import type { EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import type { Forgotten, OfAccount, Publication } from '../../core/domain/events.ts';
import type { User } from '../../core/domain/user.ts';

/** A publication in its wire format. */
export const toWire = (publication: Publication): NewEvent =>
  publication.type === 'user.forgotten' ? forgotten(publication) : ofAccount(publication);

const forgotten = ({ type, erasure, at }: Forgotten): NewEvent<'user.forgotten'> => ({
  type,
  aggregateId: erasure.userId,
  aggregateVersion: erasure.version,
  payload: { user_id: erasure.userId, erasure_id: erasure.erasureId, forgotten_at: at.toISOString() },
});

const ofAccount = (publication: OfAccount): NewEvent => {
  const { type, user } = publication;
  const event = <T extends EventType>(of: T, payload: EventPayloads[T]): NewEvent<T> => ({
    type: of,
    aggregateId: user.userId,
    aggregateVersion: user.version,
    payload,
  });
  switch (type) {
    case 'user.registered':
      return event(type, { ...personOf(user), registered_at: user.createdAt.toISOString() });
    case 'user.profile.updated':
      return event(type, {
        ...personOf(user),
        version: user.version,
        ...(user.avatarMediaId === undefined ? {} : { avatar_media_id: user.avatarMediaId }),
        updated_at: user.updatedAt.toISOString(),
      });
    case 'user.registration_repeated':
      return event(type, { ...personOf(user), attempted_at: publication.at.toISOString() });
    case 'user.invited':
    case 'user.password_reset_requested': {
      const { token, expiresAt } = publication;
      return event(type, { ...personOf(user), token, expires_at: expiresAt.toISOString() });
    }
    case 'user.email_verification_requested': {
      const { email, token, expiresAt } = publication;
      return event(type, { ...personOf(user), email, token, expires_at: expiresAt.toISOString() });
    }
    case 'user.email_verified':
      return event(type, { ...personOf(user), verified_at: publication.at.toISOString() });
    case 'user.logged_in_elsewhere': {
      const { device, at } = publication;
      return event(type, { ...personOf(user), device, logged_in_at: at.toISOString() });
    }
    case 'user.factors_changed': {
      const { change, at } = publication;
      return event(type, { ...personOf(user), change, changed_at: at.toISOString() });
    }
    case 'user.email_change_requested':
      return event(type, { ...personOf(user), requested_at: publication.at.toISOString() });
    case 'user.email_changed': {
      const { previousEmail, at } = publication;
      return event(type, {
        ...personOf(user),
        previous_email: previousEmail,
        changed_at: at.toISOString(),
      });
    }
    case 'user.erasure_requested': {
      const { erasureId, requestedAt } = publication.erasure;
      return event(type, {
        ...personOf(user),
        erasure_id: erasureId,
        requested_at: requestedAt.toISOString(),
      });
    }
    case 'user.erased': {
      const { erasureId, reports, completedAt = user.updatedAt } = publication.erasure;
      return event(type, {
        ...personOf(user),
        erasure_id: erasureId,
        erased_at: completedAt.toISOString(),
        kept: reports.flatMap(({ service, kept }) => kept.map((records) => ({ service, ...records }))),
      });
    }
    case 'user.access_revoked': {
      const { sessionId, keptSessionId, at, expiredBy } = publication;
      return event(type, {
        user_id: user.userId,
        ...(sessionId === undefined ? {} : { session_id: sessionId }),
        ...(keptSessionId === undefined ? {} : { kept_session_id: keptSessionId }),
        revoked_before: at.toISOString(),
        expired_by: expiredBy.toISOString(),
      });
    }
  }
};

const personOf = ({ userId, email, firstName, lastName }: User) => ({
  user_id: userId,
  email,
  first_name: firstName,
  last_name: lastName,
});
