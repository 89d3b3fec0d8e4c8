import { Group, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, dataOf } from '../../api.ts';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { RolesInput } from '../users/dialogs.tsx';
import { USERS } from '../users/users-query.ts';
import type { StaffRole } from '../users/view.ts';

const NO_NAMES = { email: '', first_name: '', last_name: '' };

/** Opens an account for a colleague, who gets a mail to choose a password. */
const Invitation = ({ close }: { readonly close: () => void }): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [names, setNames] = useState(NO_NAMES);
  const [roles, setRoles] = useState<readonly StaffRole[]>([]);
  const field = (name: keyof typeof NO_NAMES, most: number) => ({
    label: t(`staff.invite.${name}`),
    value: names[name],
    onChange: ({ currentTarget: { value } }: { readonly currentTarget: HTMLInputElement }) =>
      setNames((before) => ({ ...before, [name]: value })),
    maxLength: most,
    required: true,
    autoComplete: 'off',
  });
  return (
    <ActDialog
      title={t('staff.invite.open')}
      text={t('staff.invite.text')}
      submitLabel={t('staff.invite.submit')}
      done={t('staff.invite.done', { email: names.email.trim() })}
      close={close}
      changes={USERS}
      missing={roles.length === 0 ? t('staff.invite.noRole') : undefined}
      send={(reason) =>
        dataOf(
          api.POST('/api/v1/users/invitations', {
            params: { header: auditReason(reason) },
            body: {
              email: names.email.trim(),
              first_name: names.first_name.trim(),
              last_name: names.last_name.trim(),
              roles: [...roles],
            },
          }),
        )
      }
      onDone={({ user_id: userId }) => void navigate({ to: '/staff/$userId', params: { userId } })}
    >
      <TextInput {...field('email', 254)} type="email" data-autofocus />
      <Group grow align="flex-start">
        <TextInput {...field('first_name', 100)} />
        <TextInput {...field('last_name', 100)} />
      </Group>
      <RolesInput chosen={roles} choose={setRoles} />
    </ActDialog>
  );
};

export default Invitation;
