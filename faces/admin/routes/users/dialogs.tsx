import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, dataOf } from '../../api.ts';
import { useSession } from '../../session.ts';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { download } from '../../shared/download.ts';
import { deviceOf } from './device.ts';
import { USERS, type Session, type User } from './users-query.ts';
import { rolesWith, STAFF_ROLES, staffRolesOf, type StaffRole } from './view.ts';
import '../customers/texts.ts';

export type Act =
  | {
      readonly kind:
        'deactivate' | 'reactivate' | 'roles' | 'endSessions' | 'resetFactors' | 'export' | 'erase';
    }
  | { readonly kind: 'endSession'; readonly session: Session };

interface DialogProps {
  readonly user: User;
  readonly close: () => void;
}

interface DialogsProps extends DialogProps {
  readonly act: Act;
}

/** What administrators do with an account, each in its dialog. */
const Dialogs = ({ act, user, close }: DialogsProps): ReactNode => {
  const { t } = useTranslation();
  const path = { user_id: user.user_id };
  const version = { 'If-Match': `"${user.version}"` };
  const { email } = user;
  const isOwn = useSession().user.user_id === user.user_id;
  switch (act.kind) {
    case 'deactivate':
    case 'reactivate':
      return (
        <ActDialog
          title={t(`customers.${act.kind}.open`)}
          text={t(`customers.${act.kind}.text`, { email })}
          submitLabel={t(`customers.${act.kind}.open`)}
          {...(act.kind === 'deactivate' ? { color: 'red' } : {})}
          done={t(`customers.${act.kind}.done`)}
          close={close}
          changes={USERS}
          send={(reason) =>
            api.PUT('/api/v1/users/{user_id}/status', {
              params: { path, header: { ...version, ...auditReason(reason) } },
              body: { status: act.kind === 'deactivate' ? 'deactivated' : 'active' },
            })
          }
        />
      );
    case 'endSession':
      return (
        <ActDialog
          title={t('customers.endSession.title')}
          text={t('customers.endSession.text', {
            device: deviceOf(act.session.device) || t('customers.unknownDevice'),
          })}
          submitLabel={t('customers.endSession.open')}
          done={t('customers.endSession.done')}
          close={close}
          changes={USERS}
          send={(reason) =>
            api.DELETE('/api/v1/users/{user_id}/sessions/{session_id}', {
              params: {
                path: { ...path, session_id: act.session.session_id },
                header: auditReason(reason),
              },
            })
          }
        />
      );
    case 'endSessions':
      return (
        <ActDialog
          title={t('customers.endSessions.title')}
          text={isOwn ? t('customers.endSessions.textOwn') : t('customers.endSessions.text', { email })}
          submitLabel={t('customers.endSessions.open')}
          done={t('customers.endSessions.done')}
          close={close}
          changes={USERS}
          send={(reason) =>
            api.DELETE('/api/v1/users/{user_id}/sessions', {
              params: { path, header: auditReason(reason) },
            })
          }
        />
      );
    case 'resetFactors':
      return (
        <ActDialog
          title={t('staff.resetFactors.open')}
          text={t('staff.resetFactors.text', { email })}
          submitLabel={t('staff.resetFactors.open')}
          color="red"
          done={t('staff.resetFactors.done')}
          close={close}
          changes={USERS}
          send={(reason) =>
            api.DELETE('/api/v1/users/{user_id}/factors', { params: { path, header: auditReason(reason) } })
          }
        />
      );
    case 'export':
      return (
        <ActDialog
          title={t('customers.export.open')}
          text={t('customers.export.text', { email })}
          submitLabel={t('customers.export.submit')}
          hasReason={false}
          done={t('customers.export.done')}
          close={close}
          changes={USERS}
          send={() =>
            dataOf(
              api.POST('/api/v1/users/{user_id}/personal-data/export', {
                params: { path },
                body: {},
                parseAs: 'blob',
              }),
            )
          }
          onDone={(file) => download(new Blob([file]), `personal-data-${user.user_id}.zip`)}
        />
      );
    case 'roles':
      return <RolesDialog user={user} close={close} />;
    case 'erase':
      return <EraseDialog user={user} close={close} />;
  }
};

interface RolesInputProps {
  readonly chosen: readonly StaffRole[];
  readonly choose: (roles: readonly StaffRole[]) => void;
}

export const RolesInput = ({ chosen, choose }: RolesInputProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('staff.roles')}
      value={[...chosen]}
      onChange={(values) => choose(staffRolesOf(values))}
    >
      <Stack gap="xs" mt="xs">
        {STAFF_ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`role.${role}`)}
            description={t(`staff.roleText.${role}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
};

const RolesDialog = ({ user, close }: DialogProps): ReactNode => {
  const { t } = useTranslation();
  const [chosen, choose] = useState(staffRolesOf(user.roles));
  return (
    <ActDialog
      title={t('staff.changeRoles.open')}
      text={t('staff.changeRoles.text', { email: user.email })}
      submitLabel={t('act.save')}
      done={t('staff.changeRoles.done')}
      close={close}
      changes={USERS}
      send={(reason) =>
        api.PUT('/api/v1/users/{user_id}/roles', {
          params: {
            path: { user_id: user.user_id },
            header: { 'If-Match': `"${user.version}"`, ...auditReason(reason) },
          },
          body: { roles: rolesWith(user.roles, chosen) },
        })
      }
    >
      <RolesInput chosen={chosen} choose={choose} />
    </ActDialog>
  );
};

/** Cannot be undone: the address of the customer has to be typed. */
const EraseDialog = ({ user, close }: DialogProps): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const isSame = typed.trim().toLowerCase() === user.email.toLowerCase();
  return (
    <ActDialog
      title={t('customers.erase.open')}
      text={t('customers.erase.text')}
      submitLabel={t('customers.erase.submit')}
      color="red"
      done={t('customers.erase.done')}
      close={close}
      changes={USERS}
      missing={isSame ? undefined : t('customers.erase.other')}
      send={async (reason) => {
        const erasing = api.POST('/api/v1/users/{user_id}/erasure', {
          params: { path: { user_id: user.user_id } },
          body: { reason }, // the audit trail takes it from here
        });
        return (await dataOf(erasing)).erasure_id;
      }}
      onDone={(erasure) => void navigate({ to: '/customers', search: { erasure } })}
    >
      <TextInput
        label={t('customers.erase.confirm', { email: user.email })}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        autoComplete="off"
        required
        data-autofocus
      />
    </ActDialog>
  );
};

export default Dialogs;
